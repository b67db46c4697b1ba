package dev.memoryconsole.ui.runs;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.LockSummary;
import dev.memoryconsole.ui.common.Badge;
import dev.memoryconsole.ui.common.Cells;
import dev.memoryconsole.ui.common.Messages;
import dev.memoryconsole.ui.common.StateBadge;
import dev.memoryconsole.ui.common.Times;
import dev.memoryconsole.ui.diff.DiffView;
import java.util.List;
import java.util.Locale;
import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Binds the runs screen to its view model. */
public final class RunsController {
  private static final double LOWER_DIVIDER = 0.55;
  private static final double DIVIDER = 0.2;

  private final RunsViewModel model;
  private final Messages messages;
  private final Times times;
  private final DiffView diff;
  private boolean filling;

  @FXML private VBox empty;
  @FXML private SplitPane split;
  @FXML private VBox left;
  @FXML private ListView<RunRecord> list;
  @FXML private Label title;
  @FXML private Label when;
  @FXML private Button retry;
  @FXML private GridPane lock;
  @FXML private FlowPane chips;
  @FXML private SplitPane lower;
  @FXML private TableView<EntryRecord> table;
  @FXML private TableColumn<EntryRecord, EntryRecord> id;
  @FXML private TableColumn<EntryRecord, EntryRecord> outcome;
  @FXML private TableColumn<EntryRecord, EntryRecord> memory;
  @FXML private TableColumn<EntryRecord, EntryRecord> reason;
  @FXML private TableColumn<EntryRecord, EntryRecord> attempt;
  @FXML private TableColumn<EntryRecord, EntryRecord> millis;
  @FXML private VBox diffBox;

  /** Called by the loader. */
  public RunsController(RunsViewModel model, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.times = times;
    this.diff = new DiffView(messages);
  }

  @FXML
  void initialize() {
    SplitPane.setResizableWithParent(left, false);
    split.setDividerPositions(DIVIDER);
    lower.setDividerPositions(LOWER_DIVIDER);
    diffBox.getChildren().add(diff);
    VBox.setVgrow(diff, Priority.ALWAYS);
    list.setCellFactory(any -> new RunCell(messages, times));
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (!filling && now != null) {
                model.current().set(now);
              }
            });
    bindTable();
    model.runs().addListener((value, before, now) -> showRuns(now));
    model.current().addListener((value, before, now) -> showRun(now));
    model.diff().addListener((value, before, now) -> showDiff(now));
    showRuns(List.of());
    showDiff(null);
  }

  private void bindTable() {
    Cells.longText(id, e -> e.id().substring(0, Math.min(8, e.id().length())), EntryRecord::id);
    id.getStyleClass().add("mono-column");
    Cells.badge(outcome, messages, e -> Badge.of(e.state()));
    Cells.longText(memory, EntryRecord::title, EntryRecord::title);
    Cells.longText(reason, EntryRecord::reason, EntryRecord::reason);
    Cells.number(
        attempt, e -> e.attempt() == 0 ? "" : String.format(Locale.ROOT, "%d", e.attempt()));
    Cells.number(
        millis, e -> e.finishedAt() == null ? "" : String.format(Locale.ROOT, "%,d", e.millis()));
    table.setFixedCellSize(28);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(new Label(messages.get("runs.noEntries")));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null && !filling) {
                model.entry().set(now);
              }
            });
    model
        .entries()
        .addListener(
            (value, before, now) -> {
              int at = table.getSelectionModel().getSelectedIndex();
              filling = true;
              table.setItems(now);
              if (model.entry().get() != null && at < now.size()) {
                table.getSelectionModel().clearAndSelect(at);
              }
              filling = false;
            });
  }

  private void showRuns(List<RunRecord> runs) {
    empty.setVisible(runs.isEmpty());
    split.setVisible(!runs.isEmpty());
    filling = true;
    list.getItems().setAll(runs);
    filling = false;
    select(model.current().get());
  }

  private void select(@Nullable RunRecord run) {
    filling = true;
    for (int i = 0; run != null && i < list.getItems().size(); i++) {
      if (list.getItems().get(i).id() == run.id()) {
        list.getSelectionModel().clearAndSelect(i);
      }
    }
    filling = false;
  }

  private void showRun(@Nullable RunRecord run) {
    select(run);
    if (run == null) {
      return;
    }
    title.setText(messages.get("runs.run", run.id()));
    when.setText(
        messages.get(
            "runs.when",
            times.exact(run.startedAt()),
            Times.clock(run.elapsedMillis()),
            run.enricher(),
            run.batchSize()));
    retry.setText(messages.get("run.retry", model.retryable(run)));
    retry.setVisible(model.canRetry(run));
    retry.setManaged(model.canRetry(run));
    showLock(run.lock());
    chips.getChildren().clear();
    for (EntryState state : EntryState.values()) {
      if (state.isOutcome() && (run.count(state) > 0 || model.isFiltered(state))) {
        chips.getChildren().add(chip(run, state));
      }
    }
  }

  private ToggleButton chip(RunRecord run, EntryState state) {
    Badge badge = Badge.of(state);
    ToggleButton chip =
        new ToggleButton(
            messages.get("run.chip", run.count(state), messages.get(badge.key())),
            StateBadge.shape(badge));
    chip.getStyleClass().add("chip");
    chip.setSelected(model.isFiltered(state));
    chip.setOnAction(event -> model.filter(state, chip.isSelected()));
    return chip;
  }

  private void showLock(LockSummary summary) {
    lock.getChildren().clear();
    lock.addRow(
        0,
        head(messages.get("lock.heading", summary.acquisitions())),
        right(head("p50")),
        right(head("p99")),
        right(head(messages.get("lock.max"))));
    lock.addRow(
        1,
        new Label(messages.get("lock.wait")),
        ms(summary.waits().p50()),
        ms(summary.waits().p99()),
        ms(summary.waits().max()));
    lock.addRow(
        2,
        new Label(messages.get("lock.hold")),
        ms(summary.holds().p50()),
        ms(summary.holds().p99()),
        ms(summary.holds().max()));
  }

  private Label ms(double millis) {
    return right(new Label(times.millis(millis)));
  }

  private static Label right(Label label) {
    GridPane.setHalignment(label, HPos.RIGHT);
    return label;
  }

  private static Label head(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("column-title");
    return label;
  }

  private void showDiff(@Nullable List<KeyDiff> keys) {
    if (keys == null) {
      diff.show(messages.get("runs.chooseEntry"), List.of());
    } else if (keys.isEmpty()) {
      diff.show(messages.get("runs.nothingWritten"), List.of());
    } else {
      diff.show(messages.get("runs.diff"), keys);
    }
  }

  @FXML
  void retry() {
    model.retry();
  }
}
