package dev.memoryconsole.ui.entries.look;

import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import org.kordamp.ikonli.feather.Feather;

/**
 * Offers the orders that are quick. A tier is somewhere in the metadata, and where a store has no
 * index nothing keeps any order but by time and id: all memories would be read for them.
 */
public final class OfferedOrders {
  /** In how many memories at most all are read. */
  public static final long MOST = 250_000;

  private OfferedOrders() {}

  /**
   * Has a click on the headers of these columns sort as long as that is quick, and say why not.
   *
   * @param always those whose order is kept nowhere
   * @param indexed those whose order an index keeps, if the store has one
   */
  public static void offer(
      List<? extends TableColumn<?, ?>> always,
      List<? extends TableColumn<?, ?>> indexed,
      ReadOnlyObjectProperty<Session.Totals> totals,
      Messages messages) {
    Consumer<Session.Totals> offer =
        now -> {
          boolean small = now.total() <= MOST;
          always.forEach(column -> offer(column, small, messages));
          indexed.forEach(column -> offer(column, small || now.isIndexed(), messages));
        };
    totals.addListener((value, before, now) -> offer.accept(now));
    offer.accept(totals.get());
  }

  private static void offer(TableColumn<?, ?> column, boolean offered, Messages messages) {
    if (offered == column.isSortable() && offered == (column.getGraphic() == null)) {
      return;
    }
    column.setSortable(offered);
    column.setGraphic(offered ? null : why(messages));
  }

  private static Label why(Messages messages) {
    String words = messages.get("entries.noOrder", MOST);
    Label why = new Label(null, Icons.of(Feather.INFO));
    why.getStyleClass().add("no-order");
    why.setTooltip(Tips.of(words));
    why.setAccessibleText(words);
    return why;
  }
}
