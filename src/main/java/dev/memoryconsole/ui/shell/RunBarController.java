package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.RunProgress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the run bar to its view model. */
public final class RunBarController {
  private static final PseudoClass COMPLETED = PseudoClass.getPseudoClass("completed");

  private final RunBarViewModel model;
  private final RunActions actions;
  private final Messages messages;
  private final Map<EntryState, ToggleButton> chipOf = new EnumMap<>(EntryState.class);
  private final Tooltip lockTooltip = new Tooltip();
  private final Tooltip usageTooltip = new Tooltip();
  private @Nullable Badge shownBadge;
  private Consumer<String> onShow = id -> {};

  @FXML private VBox root;
  @FXML private TableView<EntryOutcome> table;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> id;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> outcome;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> memory;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> reason;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> attempt;
  @FXML private TableColumn<EntryOutcome, EntryOutcome> millis;
  @FXML private Label title;
  @FXML private ProgressBar progress;
  @FXML private Label figures;
  @FXML private Label lock;
  @FXML private Label usage;
  @FXML private HBox waiting;
  @FXML private Label waitingText;
  @FXML private HBox chips;
  @FXML private Spinner<Integer> concurrency;
  @FXML private Button pause;
  @FXML private Button cancel;
  @FXML private Button resume;
  @FXML private Button retry;
  @FXML private Button expand;
  @FXML private Button dismiss;

  /** Called by the loader. */
  public RunBarController(RunBarViewModel model, RunActions actions, Messages messages) {
    this.model = model;
    this.actions = actions;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    Cells.longText(id, o -> o.id().substring(0, Math.min(8, o.id().length())), EntryOutcome::id);
    id.getStyleClass().add("mono-column");
    Cells.badge(
        outcome, messages, o -> Badge.of(o.outcome()), o -> Badge.key(o.outcome(), o.reapplied()));
    Cells.longText(memory, EntryOutcome::title, EntryOutcome::title);
    Cells.longText(reason, EntryOutcome::reason, EntryOutcome::reason);
    Cells.number(attempt, o -> o.attempt() == 0 ? "" : messages.numbers().name(o.attempt()));
    Cells.number(millis, model::millis);
    table.setFixedCellSize(28);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setItems(model.shown());
    table.setPlaceholder(new Label(messages.get("run.noOutcomes")));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null) {
                onShow.accept(now.id());
              }
            });
    for (EntryState state : RunBarViewModel.CHIPS) {
      ToggleButton chip = new ToggleButton(null, StateBadge.shape(Badge.of(state)));
      chip.getStyleClass().add("chip");
      chip.setMinWidth(ToggleButton.USE_PREF_SIZE);
      chip.setOnAction(event -> filter(state, chip.isSelected()));
      chipOf.put(state, chip);
      chips.getChildren().add(chip);
    }
    ConcurrencySpinner.install(concurrency, messages);
    concurrency
        .valueProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null) {
                model.setConcurrency(now);
              }
            });
    lock.setTooltip(lockTooltip);
    usage.setTooltip(usageTooltip);
    dismiss.setGraphic(Icons.of(Feather.X));
    Icons.name(dismiss, messages.get("run.dismiss"));
    cancel.setGraphic(Icons.of(Feather.SQUARE));
    resume.setGraphic(Icons.of(Feather.PLAY));
    retry.setGraphic(Icons.of(Feather.ROTATE_CW));
    model.expanded().addListener((value, before, now) -> showExpanded(now));
    model.monitor().progress().addListener((value, before, now) -> show(now));
    showExpanded(false);
    show(null);
  }

  /** Tells who shows a memory by its id. */
  void onShow(Consumer<String> action) {
    onShow = action;
  }

  private void filter(EntryState state, boolean on) {
    model.filter(state, on);
    if (on) {
      model.expanded().set(true);
    }
  }

  private void showExpanded(boolean on) {
    shown(table, on);
    expand.setGraphic(Icons.of(on ? Feather.CHEVRON_DOWN : Feather.CHEVRON_UP));
    Icons.name(expand, messages.get(on ? "run.collapse" : "run.expand"));
  }

  private void show(@Nullable RunProgress run) {
    shown(root, run != null);
    if (run == null) {
      return;
    }
    boolean over = run.state().isOver();
    boolean paused = run.state() == RunState.PAUSED;
    title.setText(model.title(run));
    Badge badge = Badge.of(run.kind(), run.state());
    if (shownBadge != badge) {
      shownBadge = badge;
      title.setGraphic(StateBadge.shape(badge));
    }
    progress.setProgress(model.fraction(run));
    progress.pseudoClassStateChanged(COMPLETED, run.state() == RunState.COMPLETED);
    figures.setText(model.figures(run));
    showWaiting(run);
    usage.setText(model.usage(run));
    usageTooltip.setText(model.usageDetails(run));
    shown(usage, !usage.getText().isEmpty());
    lock.setText(model.lock(run));
    lockTooltip.setText(model.lockDetails(run));
    for (EntryState state : RunBarViewModel.CHIPS) {
      ToggleButton chip = chipOf.get(state);
      if (chip != null) {
        int count = run.count(state);
        chip.setText(messages.get("run.chip", count, messages.get(Badge.of(state).key())));
        boolean shown = count > 0 || chip.isSelected();
        shown(chip, shown);
      }
    }
    // A run that waits is told to go on where it says why it waits.
    shown(pause, !over && !waiting.isVisible());
    pause.setText(messages.get(paused ? "run.resume" : "run.pause"));
    pause.setGraphic(Icons.of(paused ? Feather.PLAY : Feather.PAUSE));
    shown(cancel, !over);
    shown(concurrency, model.canSetConcurrency(run));
    if (model.canSetConcurrency(run)) {
      // Not over what is being typed: that is no value yet.
      concurrency.getValueFactory().setValue(run.concurrency());
    }
    shown(resume, model.canResume(run));
    shown(retry, model.canRetry(run));
    retry.setText(messages.get("run.retry", model.retryable(run)));
    shown(dismiss, over);
  }

  /** Why the run waits, and when it goes on. */
  private void showWaiting(RunProgress run) {
    String why = model.waiting(run);
    shown(waiting, !why.isEmpty());
    if (!why.equals(waitingText.getText())) {
      waitingText.setText(why);
    }
  }

  @FXML
  void pause() {
    RunProgress run = model.monitor().progress().get();
    if (run != null && run.state() == RunState.PAUSED) {
      model.monitor().resume();
    } else {
      model.monitor().pause();
    }
  }

  @FXML
  void tryNow() {
    model.monitor().resume();
  }

  @FXML
  void cancel() {
    model.monitor().cancel();
  }

  @FXML
  void resume() {
    RunProgress run = model.monitor().progress().get();
    if (run != null) {
      actions.resume(run.run(), run.kind());
    }
  }

  @FXML
  void retry() {
    RunProgress run = model.monitor().progress().get();
    if (run != null) {
      actions.retry(run.run(), run.kind());
    }
  }

  @FXML
  void expand() {
    model.expanded().set(!model.expanded().get());
  }

  @FXML
  void dismiss() {
    model.monitor().dismiss();
  }
}
