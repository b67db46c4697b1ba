package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.ui.common.Badge;
import dev.memoryconsole.ui.common.Messages;
import dev.memoryconsole.ui.common.StateBadge;
import dev.memoryconsole.ui.common.Times;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One run in the list: number, kind, when; state and counts below. */
final class RunCell extends ListCell<RunRecord> {
  private final Messages messages;
  private final Times times;

  RunCell(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
    setPrefWidth(0);
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
        new Label(
            messages.get(title(run.kind()), run.id()), StateBadge.shape(Badge.of(run.state())));
    name.getStyleClass().addAll("run-title");
    Label when = new Label(times.relative(run.startedAt()));
    when.getStyleClass().add("muted");
    when.setMinWidth(Region.USE_PREF_SIZE);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox first = new HBox(name, space, when);
    first.getStyleClass().add("run-cell-line");
    HBox second = new HBox();
    second.getStyleClass().add("run-cell-line");
    Label state =
        new Label(messages.get("runState." + run.state().name().toLowerCase(Locale.ROOT)));
    state.getStyleClass().add("muted");
    second.getChildren().add(state);
    for (EntryState outcome : EntryState.values()) {
      if (outcome.isOutcome() && run.count(outcome) > 0) {
        Label count =
            StateBadge.label(
                Badge.of(outcome), String.format(messages.locale(), "%,d", run.count(outcome)));
        count.setMinWidth(Region.USE_PREF_SIZE);
        second.getChildren().add(count);
      }
    }
    VBox box = new VBox(first, second);
    box.getStyleClass().add("run-cell");
    setGraphic(box);
    setTooltip(new Tooltip(times.exact(run.startedAt())));
  }

  private static String title(RunKind kind) {
    return switch (kind) {
      case UPGRADE -> "runs.upgradeOf";
      case RETRY -> "runs.retryOf";
      case UNDO -> "runs.undoOf";
    };
  }
}
