package dev.memoryconsole.ui.entries.look;

import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.text.Messages;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import org.kordamp.ikonli.feather.Feather;

/**
 * Offers the order by tier where it is quick: a tier is somewhere in the metadata, so that no index
 * serves this order and all of them are read for it.
 */
public final class TierOrder {
  /** In how many memories at most. */
  public static final long MOST = 250_000;

  private TierOrder() {}

  /**
   * Has a click on this column's header sort as long as the store is no larger, and say why not.
   */
  public static void offer(
      TableColumn<?, ?> tier, ReadOnlyObjectProperty<Session.Totals> totals, Messages messages) {
    totals.addListener((value, before, now) -> offer(tier, now.total(), messages));
    offer(tier, totals.get().total(), messages);
  }

  private static void offer(TableColumn<?, ?> tier, long total, Messages messages) {
    boolean offered = total <= MOST;
    if (offered == tier.isSortable() && offered == (tier.getGraphic() == null)) {
      return;
    }
    tier.setSortable(offered);
    tier.setGraphic(offered ? null : why(messages));
  }

  private static Label why(Messages messages) {
    String words = messages.get("entries.noTierOrder", MOST);
    Label why = new Label(null, Icons.of(Feather.INFO));
    why.setTooltip(Tips.of(words));
    why.setAccessibleText(words);
    return why;
  }
}
