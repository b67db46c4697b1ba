package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.ui.common.Ages;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One run in the list: number and kind; state, counts and when below. */
final class RunCell extends ListCell<RunRecord> {
  private final Messages messages;
  private final Times times;

  RunCell(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
    setPrefWidth(0);
  }

  /** Where the run stands, in a word. */
  static String state(Messages messages, RunRecord run) {
    return messages.get(
        RunActions.isElsewhere(run)
            ? "runs.stateElsewhere"
            : "runState." + run.state().name().toLowerCase(Locale.ROOT));
  }

  @Override
  protected void updateItem(@Nullable RunRecord run, boolean empty) {
    super.updateItem(run, empty);
    setText(null);
    if (empty || run == null) {
      setGraphic(null);
      setTooltip(null);
      return;
    }
    Label name =
        new Label(title(messages, run), StateBadge.shape(Badge.of(run.kind(), run.state())));
    name.getStyleClass().addAll("run-title");
    Label when = new Label();
    Ages.show(when, times, run.startedAt());
    when.getStyleClass().add("muted");
    HBox second = new HBox();
    second.getStyleClass().add("run-cell-line");
    Label state = new Label(state(messages, run));
    state.getStyleClass().add("muted");
    state.setMinWidth(Region.USE_PREF_SIZE);
    second.getChildren().add(state);
    for (EntryState outcome : EntryState.values()) {
      if (outcome.isOutcome() && run.count(outcome) > 0) {
        Label count =
            StateBadge.label(Badge.of(outcome), messages.numbers().whole(run.count(outcome)));
        count.setMinWidth(Region.USE_PREF_SIZE);
        second.getChildren().add(count);
      }
    }
    // What it is comes first: its line is the run's name alone.
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    second.getChildren().addAll(space, when);
    VBox box = new VBox(name, second);
    box.getStyleClass().add("run-cell");
    setGraphic(box);
    setTooltip(Tips.of(times.exact(run.startedAt())));
  }

  /** Its number and what it is. */
  static String title(Messages messages, RunRecord run) {
    Long ofRun = run.ofRun();
    return switch (run.kind()) {
      case UPGRADE, STAMPED -> messages.get("runs.upgradeOf", run.id());
      case RETRY -> messages.get("runs.retryOf", run.id());
      case MEND -> messages.get("runs.mendOf", run.id());
      case UNDO -> messages.get("runs.undoOf", run.id(), ofRun == null ? run.id() : ofRun);
      case RESTORE -> messages.get("runs.restoreOf", run.id());
    };
  }
}
