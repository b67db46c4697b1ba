package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.ui.common.FittingLine;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.RunProgress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the run bar to its view model. */
public final class RunBarController {
  private static final PseudoClass COMPLETED = PseudoClass.getPseudoClass("completed");

  // Widths in the size of the text: below them chips have no words, and a bar has two lines.
  private static final double ONE_LINE = 60;
  private static final double WORDS_IN_ONE_LINE = 90;
  private static final double WORDS_IN_TWO_LINES = 55;
  private static final double WORDS_ON_BUTTONS = 50;

  private final RunBarViewModel model;
  private final RunActions actions;
  private final Messages messages;
  private final Map<EntryState, ToggleButton> chipOf = new EnumMap<>(EntryState.class);
  private final Tooltip lockTooltip = Tips.empty();
  private final Tooltip usageTooltip = Tips.empty();
  private @Nullable Badge shownBadge;

  @FXML private VBox root;
  @FXML private FittingLine line;
  @FXML private FittingLine second;
  @FXML private Region space;
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
  @FXML private Button undo;
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
    for (EntryState state : RunBarViewModel.CHIPS) {
      ToggleButton chip = new ToggleButton(null, StateBadge.shape(Badge.of(state)));
      chip.getStyleClass().add("chip");
      chip.setMinWidth(ToggleButton.USE_PREF_SIZE);
      chip.setTooltip(Tips.empty());
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
    for (Button button : List.of(pause, cancel, undo, resume)) {
      button.setTooltip(Tips.empty());
    }
    dismiss.setGraphic(Icons.of(Feather.X));
    Icons.name(dismiss, messages.get("run.dismiss"));
    cancel.setGraphic(Icons.of(Feather.SQUARE));
    undo.setGraphic(Icons.of(Feather.CORNER_UP_LEFT));
    resume.setGraphic(Icons.of(Feather.PLAY));
    retry.setGraphic(Icons.of(Feather.ROTATE_CW));
    model.expanded().addListener((value, before, now) -> showExpanded(now));
    model.monitor().progress().addListener(value -> show());
    model.monitor().starting().addListener(value -> show());
    // How much a line holds depends on the size of the text as well.
    root.widthProperty().addListener(value -> show());
    title.fontProperty().addListener(value -> show());
    showExpanded(false);
    show();
  }

  private void filter(EntryState state, boolean on) {
    model.filter(state, on);
    if (on) {
      model.expanded().set(true);
    }
  }

  private void showExpanded(boolean on) {
    expand.setGraphic(Icons.of(on ? Feather.CHEVRON_DOWN : Feather.CHEVRON_UP));
    Icons.name(expand, messages.get(on ? "run.collapse" : "run.expand"));
  }

  private void show() {
    RunProgress run = model.monitor().progress().get();
    boolean starting = model.monitor().starting().get();
    shown(root, run != null || starting);
    if (starting) {
      showStarting();
    } else if (run != null) {
      show(run);
    }
  }

  /** Its memories are being chosen, which takes a while in a large store. */
  private void showStarting() {
    title.setText(messages.get("run.starting"));
    badge(Badge.WORKING);
    progress.setProgress(ProgressBar.INDETERMINATE_PROGRESS);
    figures.setText("");
    cancel.setText(messages.get("run.cancel"));
    for (Node node : List.of(waiting, second, concurrency, pause, undo, resume, retry, expand)) {
      shown(node, false);
    }
    shown(dismiss, false);
    shown(progress, true);
    shown(cancel, true);
  }

  private void show(RunProgress run) {
    boolean over = run.state().isOver();
    boolean paused = run.state() == RunState.PAUSED;
    arrange(over);
    title.setText(model.title(run));
    badge(Badge.of(run.kind(), run.state()));
    progress.setProgress(model.fraction(run));
    progress.pseudoClassStateChanged(COMPLETED, run.state() == RunState.COMPLETED);
    figures.setText(model.figures(run));
    showWaiting(run);
    usage.setText(model.usage(run));
    Tips.say(usageTooltip, model.usageDetails(run));
    shown(usage, !usage.getText().isEmpty());
    lock.setText(model.lock(run));
    Tips.say(lockTooltip, model.lockDetails(run));
    showChips(run);
    // A run that waits is told to go on where it says why it waits.
    shown(pause, !over && !waiting.isVisible());
    pause.setText(messages.get(paused ? "run.resume" : "run.pause"));
    pause.setGraphic(Icons.of(paused ? Feather.PLAY : Feather.PAUSE));
    cancel.setText(messages.get(model.isPart(run) ? "run.leave" : "run.cancel"));
    for (Button button : List.of(pause, cancel, undo, resume)) {
      brief(button);
    }
    shown(cancel, !over);
    shown(concurrency, model.canSetConcurrency(run));
    if (model.canSetConcurrency(run)) {
      // Not over what is being typed: that is no value yet.
      concurrency.getValueFactory().setValue(run.concurrency());
    }
    shown(undo, model.canUndo(run));
    shown(resume, model.canResume(run));
    shown(retry, model.canRetry(run));
    retry.setText(messages.get("run.retry", model.retryable(run)));
    shown(expand, true);
    shown(dismiss, over);
  }

  private void badge(Badge badge) {
    if (shownBadge != badge) {
      shownBadge = badge;
      title.setGraphic(StateBadge.shape(badge));
    }
  }

  /** A run that is over has one line, unless the text is so large that it takes two. */
  private void arrange(boolean over) {
    boolean oneLine = over && widthInEm() >= ONE_LINE;
    shown(second, !oneLine);
    shown(progress, !over);
    if (oneLine == line.getChildren().contains(chips)) {
      return;
    }
    List<Node> figuresOfRun = List.of(chips, space, usage, lock);
    if (oneLine) {
      second.getChildren().clear();
      line.getChildren().addAll(line.getChildren().indexOf(figures) + 1, figuresOfRun);
    } else {
      line.getChildren().removeAll(figuresOfRun);
      second.getChildren().setAll(figuresOfRun);
    }
  }

  /** Only its icon, where its words would take the room of what the run says. */
  private void brief(Button button) {
    boolean brief = widthInEm() < WORDS_ON_BUTTONS;
    button.setContentDisplay(brief ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
    Tips.say(button.getTooltip(), button.getText());
    button.setAccessibleText(button.getText());
  }

  private double widthInEm() {
    return root.getWidth() / Math.max(1, title.getFont().getSize());
  }

  private void showChips(RunProgress run) {
    double wordsFrom = second.isVisible() ? WORDS_IN_TWO_LINES : WORDS_IN_ONE_LINE;
    boolean words = widthInEm() >= wordsFrom;
    for (EntryState state : RunBarViewModel.CHIPS) {
      ToggleButton chip = chipOf.get(state);
      if (chip != null) {
        int count = run.count(state);
        String all = messages.get("run.chip", count, messages.get(Badge.of(state).key()));
        chip.setText(words ? all : messages.get("run.chipBrief", count));
        chip.setAccessibleText(all);
        Tips.say(chip.getTooltip(), all);
        chip.setSelected(model.isFiltered(state));
        shown(chip, count > 0 || chip.isSelected());
      }
    }
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
  void undo() {
    RunProgress run = model.monitor().progress().get();
    if (run != null) {
      actions.undo(run.run(), run.kind(), model.written(run));
    }
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
