package dev.memoryconsole.ui.runs;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.theme.Styles;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.RestoreText;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.common.text.UsageText;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/** Binds what the runs screen says about one run, and what can be done with it. */
public final class RunHeadController {
  private final RunsViewModel model;
  private final RunActions actions;
  private final VerifyOffer verify;
  private final RetryCount retries;
  private final EraseOffer erasing;
  private final ReportSaver reports;
  private final SharedRun shared;
  private final Messages messages;
  private final Times times;
  private final UsageText usageText;
  private final RestoreText restores;

  @FXML private Label title;
  @FXML private Label state;
  @FXML private Label when;
  @FXML private Label usage;
  @FXML private Label elsewhere;
  @FXML private Button resumeRun;
  @FXML private Button checkRun;
  @FXML private Button undoRun;
  @FXML private Button eraseRun;
  @FXML private Button retry;
  @FXML private MenuButton report;
  @FXML private Button undoChosen;
  @FXML private GridPane lock;
  @FXML private FlowPane chips;

  /** Called by the loader. */
  public RunHeadController(
      RunsViewModel model,
      RunActions actions,
      VerifyOffer verify,
      RetryCount retries,
      EraseOffer erasing,
      ReportSaver reports,
      SharedRun shared,
      Messages messages,
      Times times) {
    this.model = model;
    this.actions = actions;
    this.verify = verify;
    this.retries = retries;
    this.erasing = erasing;
    this.reports = reports;
    this.shared = shared;
    this.messages = messages;
    this.times = times;
    this.usageText = new UsageText(messages);
    this.restores = new RestoreText(messages, times);
  }

  @FXML
  void initialize() {
    resumeRun.getStyleClass().add(Styles.ACCENT);
    resumeRun.setGraphic(Icons.of(Feather.PLAY));
    undoRun.setGraphic(Icons.of(Feather.CORNER_UP_LEFT));
    eraseRun.setGraphic(Icons.of(Feather.TRASH_2));
    eraseRun.disableProperty().bind(erasing.busy());
    erasing.count().addListener(value -> showErase());
    checkRun.setGraphic(Icons.of(Feather.CHECK_CIRCLE));
    Icons.name(checkRun, messages.get("runs.check"));
    retry.setGraphic(Icons.of(Feather.ROTATE_CW));
    report.setGraphic(Icons.of(Feather.FILE_TEXT));
    report.disableProperty().bind(reports.busy());
    reports.busy().addListener(value -> showReport());
    showReport();
    elsewhere.setGraphic(Icons.of(Feather.USERS));
    model.current().addListener(value -> show());
    shared.run().addListener(value -> show());
    model.runs().addListener(value -> show());
    model.running().addListener(value -> show());
    model.batch().addListener(value -> show());
    model.entries().addListener(value -> showUndoChosen());
    model.entry().addListener(value -> showUndoChosen());
    model.chosen().addListener(value -> showUndoChosen());
    model.current().addListener(value -> countRetries());
    model.runs().addListener(value -> countRetries());
    model.running().addListener(value -> countRetries());
    retries.count().addListener(value -> showRetry());
    show();
    countRetries();
  }

  private void show() {
    RunRecord run = model.current().get();
    if (run == null) {
      return;
    }
    title.setText(RunCell.title(messages, run));
    state.setGraphic(
        StateBadge.label(Badge.of(run.kind(), run.state()), RunCell.state(messages, run)));
    when.setText(when(run));
    usage.setText(usageText.details(run.usage()));
    shown(usage, !usage.getText().isEmpty());
    boolean free = run.state().isOver() && !model.isBusy();
    shown(resumeRun, free && run.isResumable());
    shown(checkRun, free && run.kind() != RunKind.UNDO && RunActions.written(run) > 0);
    shown(undoRun, free && RunActions.written(run) > 0);
    showRetry();
    showElsewhere(run);
    shown(lock, !RunActions.isElsewhere(run) && run.restore() == null);
    showLock(run.lock());
    chips.getChildren().clear();
    for (EntryState state : EntryState.values()) {
      if (state.isOutcome() && (run.count(state) > 0 || model.isFiltered(state))) {
        chips.getChildren().add(chip(run, state));
      }
    }
    showBatch();
    showUndoChosen();
  }

  private void countRetries() {
    RunRecord run = model.current().get();
    RunRecord free = run != null && run.state().isOver() && !model.isBusy() ? run : null;
    retries.ask(free);
    erasing.look(free);
    showErase();
  }

  private void showErase() {
    shown(eraseRun, erasing.count().get() > 0);
  }

  private void showRetry() {
    int count = retries.count().get();
    shown(retry, count > 0);
    retry.setText(messages.get("run.retry", count));
  }

  /** A chip that says that only one batch is shown; pressing it shows all. */
  private void showBatch() {
    CommittedBatch batch = model.batch().get();
    if (batch != null) {
      ToggleButton chip =
          new ToggleButton(messages.get("runs.batch", batch.number()), Icons.of(Feather.X));
      chip.setId("batchChip");
      chip.getStyleClass().add("chip");
      chip.setSelected(true);
      chip.setOnAction(event -> model.showAllBatches());
      chips.getChildren().addFirst(chip);
    }
  }

  private String when(RunRecord run) {
    String started = times.exact(run.startedAt());
    if (run.restore() != null) {
      return messages.get("runs.whenRestore", started, restores.sentence(run));
    }
    if (RunActions.isElsewhere(run)) {
      // Its time at work and its holds of the lock are recorded when it stops.
      int done = run.counts().values().stream().mapToInt(Integer::intValue).sum();
      return messages.get("runs.whenElsewhere", started, done, run.selected(), run.enricher());
    }
    String elapsed = Times.clock(run.elapsedMillis());
    String line =
        run.kind() == RunKind.UNDO || run.kind() == RunKind.MEND
            ? messages.get("runs.whenUndo", started, elapsed, batches(run))
            : messages.get("runs.when", started, elapsed, run.enricher(), batches(run));
    return undone(run, verified(run, line));
  }

  private String verified(RunRecord run, String line) {
    return switch (run.verification()) {
      case NONE, ENDED -> line;
      case PENDING -> messages.get("runs.unverified", line);
      case VERIFIED -> messages.get("runs.verified", reapplied(run, line));
      case SETTLED -> messages.get("runs.settled", reapplied(run, line));
    };
  }

  private String reapplied(RunRecord run, String line) {
    return run.reapplied() == 0 ? line : messages.get("runs.reapplied", line, run.reapplied());
  }

  private String undone(RunRecord run, String line) {
    return model
        .undoneBy(run)
        .map(undo -> messages.get("runs.undoneBy", line, undo.count(EntryState.UNDONE), undo.id()))
        .orElse(line);
  }

  private String batches(RunRecord run) {
    return run.batchSize() == 0
        ? messages.get("runs.batchesAdaptive")
        : messages.get("runs.batches", run.batchSize());
  }

  private void showElsewhere(RunRecord run) {
    // Who works on a shared one is told beside what can be done with it.
    boolean there = RunActions.isElsewhere(run) && shared.run().get() == null;
    shown(elsewhere, there);
    if (there) {
      elsewhere.setText(
          messages.get(
              run.state() == RunState.PAUSED ? "runs.pausedElsewhere" : "runs.elsewhere",
              Long.toString(run.owner().pid())));
    }
  }

  private void showReport() {
    Icons.name(report, messages.get(reports.busy().get() ? "runs.reporting" : "runs.report"));
  }

  private void showUndoChosen() {
    RunRecord run = model.current().get();
    undoChosen.setVisible(
        run != null && run.state().isOver() && !model.isBusy() && model.canUndoChosen());
    undoChosen.setText(messages.get("runs.undoChosen", model.chosen().get().size()));
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
    Label heading = head(messages.get("lock.heading", summary.acquisitions()));
    // Over all columns: beside the figures large text leaves it no room.
    lock.add(heading, 0, 0, 4, 1);
    lock.addRow(
        1,
        new Label(),
        right(head("p50")),
        right(head("p99")),
        right(head(messages.get("lock.max"))));
    lock.addRow(
        2,
        new Label(messages.get("lock.wait")),
        ms(summary.waits().p50()),
        ms(summary.waits().p99()),
        ms(summary.waits().max()));
    lock.addRow(
        3,
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
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  private static Label head(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("column-title");
    return label;
  }

  private void withRun(Consumer<RunRecord> action) {
    RunRecord run = model.current().get();
    if (run != null) {
      action.accept(run);
    }
  }

  @FXML
  void resumeRun() {
    withRun(actions::resume);
  }

  @FXML
  void checkRun() {
    withRun(run -> verify.check(run.id()));
  }

  @FXML
  void undoRun() {
    withRun(actions::undo);
  }

  @FXML
  void eraseRun() {
    withRun(erasing::ask);
  }

  @FXML
  void retry() {
    withRun(actions::retry);
  }

  @FXML
  void reportHtml() {
    withRun(reports::html);
  }

  @FXML
  void reportCsv() {
    withRun(reports::csv);
  }

  @FXML
  void undoChosen() {
    model.undoChosen(actions);
  }
}
