package dev.memoryconsole.ui.locks.waits;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.ui.common.Tips;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One line of who waits for whom; kept and told anew, twice a second. */
final class WaitRow {
  private static final PseudoClass NOW = PseudoClass.getPseudoClass("now");

  private final WaitWords words;
  private final Label waited = styled("wait-time");
  private final Label when = styled("wait-when");
  private final VBox times = new VBox(waited, when);
  private final Cell waiter = new Cell();
  private final Cell holder = new Cell();

  /** One of the two. */
  private static final class Cell {
    private final Label name = styled("wait-name");
    private final Label who = styled("muted");
    private final Label query = styled("wait-query");
    private final Tooltip whole = Tips.empty();
    private final Tooltip all = Tips.empty();
    private final VBox box;

    Cell() {
      HBox line = new HBox(name, who);
      line.getStyleClass().add("wait-line");
      name.setMinWidth(Region.USE_PREF_SIZE);
      query.setTooltip(whole);
      who.setTooltip(all);
      query.setMaxWidth(Double.MAX_VALUE);
      // Whether it locks is at its end.
      query.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
      box = new VBox(line, query);
      box.setMinWidth(0);
    }

    void show(String named, String known, String asks) {
      name.setText(named);
      who.setText(known);
      query.setText(asks);
      Tips.say(whole, asks);
      Tips.say(all, known);
    }
  }

  WaitRow(WaitWords words) {
    this.words = words;
    times.getStyleClass().add("wait-times");
    waited.setMinWidth(Region.USE_PREF_SIZE);
    when.setMinWidth(Region.USE_PREF_SIZE);
  }

  private static Label styled(String style) {
    Label label = new Label();
    label.getStyleClass().add(style);
    return label;
  }

  void addTo(GridPane grid, int row) {
    grid.addRow(row, times, waiter.box, holder.box);
  }

  void hide() {
    List.of(times, waiter.box, holder.box).forEach(box -> shown(box, false));
  }

  void show(SeenWait wait, boolean now) {
    List.of(times, waiter.box, holder.box).forEach(box -> shown(box, true));
    LockWait last = wait.last();
    waited.setText(words.waited(wait));
    when.setText(words.when(wait, now));
    times.setAccessibleText(words.sentence(wait, now));
    when.pseudoClassStateChanged(NOW, now);
    waiter.show(words.name(last.waiter()), words.who(last.waiter()), words.query(last.waiter()));
    holder.show(words.name(last.holder()), words.holder(last), words.query(last.holder()));
  }
}
