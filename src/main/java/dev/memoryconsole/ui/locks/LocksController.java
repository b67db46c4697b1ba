package dev.memoryconsole.ui.locks;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.theme.Styles;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.PaceText;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.locks.waits.ShownWaits;
import dev.memoryconsole.ui.locks.waits.WaitsViewModel;
import dev.memoryconsole.upgrade.RunProgress;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the frame of the locks screen: what it says, what it is about, what can be saved. */
public final class LocksController {
  private final LocksViewModel model;
  private final WaitsViewModel waits;
  private final LockExports exports;
  private final Runnable openLab;
  private final RunMonitor monitor;
  private final PaceText paces;
  private final Messages messages;
  private final Times times;
  private final LockWords words;

  @FXML private StackPane root;
  @FXML private VBox empty;
  @FXML private Label emptyTitle;
  @FXML private Label emptyText;
  @FXML private ScrollPane scroll;
  @FXML private VBox content;
  @FXML private Label sentence;
  @FXML private Label note;
  @FXML private Label pace;
  @FXML private HBox spans;
  @FXML private MenuItem waitsItem;
  @FXML private MenuButton chooseRun;
  @FXML private ToggleButton pause;
  @FXML private LockTimelineController timelineController;

  /** Called by the loader. */
  public LocksController(
      LocksViewModel model,
      WaitsViewModel waits,
      LockExports exports,
      Runnable openLab,
      RunMonitor monitor,
      Messages messages,
      Times times) {
    this.model = model;
    this.waits = waits;
    this.exports = exports;
    this.openLab = openLab;
    this.monitor = monitor;
    this.paces = new PaceText(messages, times);
    this.messages = messages;
    this.times = times;
    this.words = new LockWords(messages, times);
  }

  @FXML
  void initialize() {
    addSpans();
    pause.setOnAction(event -> model.paused().set(pause.isSelected()));
    model.paused().addListener(value -> showPause());
    waits.waits().addListener(value -> showContent());
    model.everTaken().addListener(value -> showContent());
    model.reading().addListener((value, before, now) -> show(now));
    model.recording().addListener(value -> showRecording());
    model.runs().addListener((value, before, now) -> showRuns(now));
    model.run().addListener(value -> showRuns(model.runs().get()));
    root.visibleProperty()
        .addListener(
            (value, before, now) -> {
              model.shown(now);
              timelineController.shown(now);
              showWaits();
            });
    monitor.progress().addListener((value, before, now) -> showPace(now));
    showPace(monitor.progress().get());
    showPause();
    showContent();
    showRecording();
    showRuns(List.of());
    show(null);
  }

  private void addSpans() {
    ToggleGroup group = new ToggleGroup();
    List<Span> all = List.of(Span.values());
    for (Span span : all) {
      ToggleButton button = new ToggleButton(messages.get(span.key()));
      button.setId(span.id());
      button.setUserData(span);
      button.setToggleGroup(group);
      button
          .getStyleClass()
          .add(
              span.equals(all.getFirst())
                  ? Styles.LEFT_PILL
                  : span.equals(all.getLast()) ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
      button.setOnAction(
          event -> {
            model.run().set(null);
            model.span().set(span);
            showSpan(group);
          });
      spans.getChildren().add(button);
    }
    model.span().addListener(value -> showSpan(group));
    model.run().addListener(value -> showSpan(group));
    showSpan(group);
  }

  private void showSpan(ToggleGroup group) {
    boolean ofRun = model.run().get() != null;
    Span shown = model.span().get();
    group
        .getToggles()
        .forEach(toggle -> toggle.setSelected(!ofRun && shown.equals(toggle.getUserData())));
  }

  private void showPause() {
    boolean paused = model.paused().get();
    showWaits();
    pause.setSelected(paused);
    pause.setText(messages.get(paused ? "locks.resume" : "locks.pause"));
    pause.setGraphic(Icons.of(paused ? Feather.PLAY : Feather.PAUSE));
  }

  private void showWaits() {
    waits.show(root.isVisible(), model.paused().get());
  }

  private void showContent() {
    ShownWaits found = waits.waits().get();
    waitsItem.setVisible(found.told() || !found.isEmpty());
    boolean taken = model.everTaken().get() || !found.isEmpty();
    scroll.setVisible(taken);
    empty.setVisible(!taken);
  }

  private void showRecording() {
    boolean off = !model.recording().get();
    emptyTitle.setText(messages.get(off ? "locks.off" : "locks.empty.title"));
    emptyText.setText(messages.get(off ? "locks.offNote" : "locks.empty.text"));
    show(model.reading().get());
  }

  private void show(@Nullable LockReading reading) {
    if (reading == null) {
      sentence.setText("");
      note.setText("");
      return;
    }
    if (!model.recording().get()) {
      // "Nobody took the lock" would be no answer.
      sentence.setText(messages.get("locks.off"));
      note.setText(messages.get("locks.offNote"));
      return;
    }
    RunRecord run = model.run().get();
    String when =
        run == null
            ? messages.get(model.span().get().inTheLast())
            : messages.get("locks.inRun", Long.toString(run.id()));
    sentence.setText(words.sentence(when, reading));
    note.setText(words.note(reading));
  }

  /** What the run at work does about its batches, and why. */
  private void showPace(@Nullable RunProgress progress) {
    boolean atWork = progress != null && !progress.state().isOver();
    shown(pace, atWork);
    if (progress != null && atWork) {
      pace.setText(paces.sentence(progress.pace()));
    }
  }

  private void showRuns(List<RunRecord> runs) {
    RunRecord chosen = model.run().get();
    chooseRun.setText(
        chosen == null
            ? messages.get("locks.chooseRun")
            : messages.get("locks.who.run", Long.toString(chosen.id())));
    chooseRun.setDisable(runs.isEmpty());
    chooseRun.getItems().clear();
    for (RunRecord run : runs) {
      MenuItem item =
          new MenuItem(
              messages.get(
                  "locks.runItem", Long.toString(run.id()), times.relative(run.startedAt())));
      item.setOnAction(event -> model.run().set(run));
      chooseRun.getItems().add(item);
    }
  }

  @FXML
  void lab() {
    openLab.run();
  }

  @FXML
  void exportCsv() {
    exports.csv();
  }

  @FXML
  void exportWaits() {
    exports.waitsCsv();
  }

  @FXML
  void exportJson() {
    exports.json();
  }

  @FXML
  void exportPng() {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setFill(Color.TRANSPARENT);
    exports.png(() -> content.snapshot(parameters, null));
  }
}
