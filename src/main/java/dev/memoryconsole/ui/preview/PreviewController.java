package dev.memoryconsole.ui.preview;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.diff.DiffView;
import dev.memoryconsole.upgrade.PlannedRun;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the preview of the chosen memories. */
public final class PreviewController {
  private final PreviewViewModel model;
  private final Messages messages;
  private final DiffView diff;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Label totals;
  @FXML private VBox body;
  @FXML private Button previous;
  @FXML private Button next;
  @FXML private Label position;
  @FXML private CheckBox take;
  @FXML private Label memory;
  @FXML private VBox diffBox;
  @FXML private Button ask;
  @FXML private HBox counting;
  @FXML private ProgressBar progress;
  @FXML private Label progressText;
  @FXML private Button close;
  @FXML private Button upgrade;

  /** Called by the loader. */
  public PreviewController(PreviewViewModel model, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.diff = new DiffView(messages, times);
  }

  @FXML
  void initialize() {
    previous.setGraphic(Icons.of(Feather.CHEVRON_LEFT));
    next.setGraphic(Icons.of(Feather.CHEVRON_RIGHT));
    next.setContentDisplay(ContentDisplay.RIGHT);
    diffBox.getChildren().addFirst(diff);
    VBox.setVgrow(diff, Priority.ALWAYS);
    diff.followKeys(root);
    diff.beBrief();
    root.addEventFilter(KeyEvent.KEY_PRESSED, this::turn);
    Overlay.follow(root, model.shown(), this::show, model::close);
    model.memory().addListener((value, before, now) -> show(now));
    model.reading().addListener((value, before, now) -> show(now));
    show(model.memory().get());
    show(model.reading().get());
  }

  private void turn(KeyEvent event) {
    switch (event.getCode()) {
      case LEFT -> model.previous();
      case RIGHT -> model.next();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void show(PreviewViewModel.Shown now) {
    PlannedRun plan = now.plan();
    boolean known = plan != null;
    title.setText(
        plan == null
            ? messages.get("preview.counting")
            : messages.get("preview.title", plan.size()));
    totals.setText(
        plan == null
            ? messages.get("send.counting")
            : messages.get(
                "preview.totals",
                now.taken(),
                now.without().size(),
                plan.leftOut(),
                plan.count(PlannedRun.State.POSSIBLY_LEGACY)));
    boolean any = plan != null && !plan.isEmpty();
    body.setVisible(any);
    counting.setVisible(!known);
    position.setText(
        messages.get("preview.position", now.at() + 1, plan == null ? 0 : plan.size()));
    previous.setDisable(now.at() == 0);
    next.setDisable(plan == null || now.at() + 1 >= plan.size());
    take.setSelected(now.takes());
    upgrade.setDisable(now.taken() == 0);
    upgrade.setText(messages.get("preview.upgrade", now.taken()));
    if (!known) {
      close.requestFocus();
    } else if (any && close.isFocused()) {
      next.requestFocus();
    }
  }

  private void show(PreviewViewModel.Memory now) {
    MemoryEntry entry = now.entry();
    memory.setText(entry == null ? "" : Titles.of(entry.text()));
    diff.show(now.caption(), now.keys());
    shown(ask, now.canAsk());
    // What asks for one is right below the words that say so.
    VBox.setVgrow(diff, now.canAsk() ? Priority.NEVER : Priority.ALWAYS);
  }

  private void show(PreviewViewModel.@Nullable Reading now) {
    if (now != null) {
      progress.setProgress(now.total() == 0 ? -1 : (double) now.read() / now.total());
      progressText.setText(
          now.total() == 0
              ? messages.get("send.choosing")
              : messages.get("send.reading", now.read(), now.total()));
    }
  }

  @FXML
  void previous() {
    model.previous();
  }

  @FXML
  void next() {
    model.next();
  }

  @FXML
  void take() {
    model.take(take.isSelected());
  }

  @FXML
  void ask() {
    model.askModel();
  }

  @FXML
  void upgrade() {
    model.upgrade();
  }

  @FXML
  void close() {
    model.close();
  }
}
