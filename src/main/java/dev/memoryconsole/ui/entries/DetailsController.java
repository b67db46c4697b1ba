package dev.memoryconsole.ui.entries;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.ui.common.Ages;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.diff.DiffView;
import dev.memoryconsole.ui.entries.details.MetadataLine;
import dev.memoryconsole.ui.entries.details.MetadataTree;
import dev.memoryconsole.ui.entries.details.RelatedBox;
import dev.memoryconsole.ui.entries.find.FoundText;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the details pane to its view model. */
public final class DetailsController {
  private static final KeyCombination BACK =
      new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
  private static final KeyCombination PREVIOUS =
      new KeyCodeCombination(KeyCode.UP, KeyCombination.ALT_DOWN);
  private static final KeyCombination NEXT =
      new KeyCodeCombination(KeyCode.DOWN, KeyCombination.ALT_DOWN);

  private final DetailsViewModel model;
  private final RunActions actions;
  private final Messages messages;
  private final Times times;
  private final DiffView diff;
  private final MetadataTree tree;
  private final RelatedBox related;
  private final FoundText found = new FoundText();
  private Runnable onClose = () -> {};
  private IntConsumer onStep = by -> {};

  @FXML private VBox nothing;
  @FXML private VBox something;
  @FXML private Label title;
  @FXML private Button back;
  @FXML private Button previousMemory;
  @FXML private Button nextMemory;
  @FXML private Button close;
  @FXML private FlowPane facts;
  @FXML private Label reasonLine;
  @FXML private TabPane tabs;
  @FXML private VBox textBox;
  @FXML private TextArea text;
  @FXML private StackPane metadataBox;
  @FXML private ToggleButton asTree;
  @FXML private ToggleButton asRaw;
  @FXML private TextArea metadata;
  @FXML private VBox diffBox;
  @FXML private Button askPreview;
  @FXML private TableView<EntryRecord> history;
  @FXML private Button undoPast;
  @FXML private TableColumn<EntryRecord, EntryRecord> run;
  @FXML private TableColumn<EntryRecord, EntryRecord> when;
  @FXML private TableColumn<EntryRecord, EntryRecord> outcome;
  @FXML private TableColumn<EntryRecord, EntryRecord> reason;

  /** Called by the loader. */
  public DetailsController(
      DetailsViewModel model, RunActions actions, Messages messages, Times times) {
    this.model = model;
    this.actions = actions;
    this.messages = messages;
    this.times = times;
    this.diff = new DiffView(messages, times);
    this.tree = new MetadataTree(messages, times);
    this.related = new RelatedBox(messages, model.trail()::follow);
  }

  @FXML
  void initialize() {
    Icons.name(close, messages.get("details.close"));
    close.setGraphic(Icons.of(Feather.X));
    close.setOnAction(event -> onClose.run());
    tool(back, Feather.ARROW_LEFT, "details.back", BACK, () -> model.trail().back());
    back.visibleProperty().bind(model.trail().any());
    back.managedProperty().bind(back.visibleProperty());
    tool(previousMemory, Feather.CHEVRON_UP, "details.previous", PREVIOUS, () -> onStep.accept(-1));
    tool(nextMemory, Feather.CHEVRON_DOWN, "details.next", NEXT, () -> onStep.accept(1));
    textBox.getChildren().add(related);
    metadataBox.getChildren().addFirst(tree);
    // One of the two is always pressed.
    asTree.setOnAction(event -> show(true));
    asRaw.setOnAction(event -> show(false));
    show(true);
    diffBox.getChildren().addFirst(diff);
    VBox.setVgrow(diff, Priority.ALWAYS);
    diff.followKeys(something);
    diff.beBrief();
    Cells.number(run, past -> messages.numbers().name(past.run()));
    Cells.time(when, times, EntryRecord::finishedAt);
    Cells.badge(
        outcome,
        messages,
        past -> Badge.of(past.state(), isOver(past)),
        past -> Badge.key(past.state(), past.reapplied(), isOver(past)));
    Cells.longText(reason, e -> messages.words(e.message()), e -> messages.words(e.message()));
    history.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
    history.setFixedCellSize(28);
    Label none = new Label(messages.get("details.noHistory"));
    none.getStyleClass().add("muted");
    none.setWrapText(true);
    history.setPlaceholder(none);
    undoPast.setGraphic(Icons.of(Feather.CORNER_UP_LEFT));
    history.getSelectionModel().selectedItemProperty().addListener(value -> showUndo());
    actions.running().addListener(value -> showUndo());
    showUndo();
    model.details().addListener((value, before, now) -> show(now));
    show(model.details().get());
  }

  private void tool(
      Button button, Feather icon, String words, KeyCombination key, Runnable action) {
    button.setGraphic(Icons.of(icon));
    Icons.name(button, messages.get(words) + " (" + key.getDisplayText() + ")");
    button.setOnAction(event -> action.run());
  }

  /** Goes from memory to memory by keys. */
  void keyPressed(KeyEvent event) {
    if (BACK.match(event) && back.isVisible()) {
      model.trail().back();
    } else if (NEXT.match(event) || PREVIOUS.match(event)) {
      onStep.accept(NEXT.match(event) ? 1 : -1);
    } else {
      return;
    }
    event.consume();
  }

  private void show(boolean byKeys) {
    asTree.setSelected(byKeys);
    asRaw.setSelected(!byKeys);
    boolean known = model.details().get() == null || model.details().get().tree() != null;
    asTree.setDisable(!known);
    tree.setVisible(byKeys && known);
    metadata.setVisible(!tree.isVisible());
  }

  private boolean isOver(EntryRecord past) {
    DetailsViewModel.Details shown = model.details().get();
    return shown == null || shown.over().contains(past.run());
  }

  /** Says how the memory before or after the current one of the list is gone to. */
  void onStep(IntConsumer action) {
    onStep = action;
  }

  /** Says what is searched for now, to be shown where it is in the text. */
  void searching(Supplier<List<String>> phrases) {
    found.searching(phrases);
  }

  /** Something else is searched for. */
  void searched() {
    found.renew(text);
  }

  void onClose(Runnable action) {
    onClose = action;
  }

  void focus() {
    tabs.requestFocus();
  }

  @FXML
  void askPreview() {
    model.preview();
  }

  @FXML
  void undoPast() {
    EntryRecord past = history.getSelectionModel().getSelectedItem();
    if (past != null) {
      actions.undo(past.run(), past.state() == EntryState.UNDONE, List.of(past.id()));
    }
  }

  /** What a run wrote in this memory can be taken back from its row in the history. */
  private void showUndo() {
    EntryRecord past = history.getSelectionModel().getSelectedItem();
    boolean on = past != null && past.state().isWritten() && !actions.running().get();
    undoPast.setDisable(!on);
    undoPast.setText(
        past == null || !past.state().isWritten()
            ? messages.get("details.undo")
            : messages.get("details.undoRun", past.run()));
  }

  private void show(DetailsViewModel.@Nullable Details shown) {
    nothing.setVisible(shown == null);
    something.setVisible(shown != null);
    if (shown == null) {
      return;
    }
    MemoryRow row = shown.row();
    title.setText(Titles.of(shown.text()));
    facts.getChildren().setAll(StateBadge.label(row.badge(), messages.get(row.badge().key())));
    fact("column.category", row.categories());
    fact("column.scope", row.scope());
    fact("column.tier", row.tier());
    Double importance = row.importance();
    if (importance != null) {
      fact("column.importance", messages.numbers().decimal(importance, 2));
    }
    Long time = row.time();
    if (time != null) {
      Label age = fact("column.time", times.relative(time));
      age.setTooltip(Tips.of(times.exact(time)));
      Ages.show(age, times, time);
    }
    facts.getChildren().add(idFact(row));
    reasonLine.setText(shown.reason());
    shown(reasonLine, !shown.reason().isEmpty());
    found.show(text, shown.text());
    setText(metadata, shown.metadata());
    List<MetadataLine> lines = shown.tree();
    tree.show(lines == null ? List.of() : lines);
    show(asTree.isSelected());
    related.show(shown.related());
    diff.show(
        shown.comparison().caption(), shown.comparison().keys(), shown.comparison().enriched());
    boolean asks = shown.comparison().canPreview();
    shown(askPreview, asks);
    // What asks for one is right below the words that say so.
    VBox.setVgrow(
        diff, asks && shown.comparison().keys().isEmpty() ? Priority.NEVER : Priority.ALWAYS);
    if (!history.getItems().equals(shown.history())) {
      history.getItems().setAll(shown.history());
    }
    undoPast.setVisible(!shown.history().isEmpty());
  }

  private static void setText(TextArea area, String words) {
    if (!area.getText().equals(words)) {
      area.setText(words);
      area.positionCaret(0);
    }
  }

  private Label fact(String key, String value) {
    Label shown = new Label(value);
    if (!value.isEmpty()) {
      Label name = new Label(messages.get(key));
      name.getStyleClass().add("muted");
      facts.getChildren().add(factBox(name, shown));
    }
    return shown;
  }

  private Node idFact(MemoryRow row) {
    Label name = new Label(messages.get("column.id"));
    name.getStyleClass().add("muted");
    Label id = new Label(row.shortId());
    id.getStyleClass().add("mono");
    id.setTooltip(Tips.of(row.id()));
    Button copy = new Button(null, Icons.of(Feather.COPY));
    copy.getStyleClass().addAll("button-icon", "flat", "tiny");
    Icons.name(copy, messages.get("details.copyId"));
    copy.setOnAction(
        event -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(row.id());
          Clipboard.getSystemClipboard().setContent(content);
        });
    HBox box = factBox(name, id);
    box.getChildren().add(copy);
    return box;
  }

  private static HBox factBox(Node name, Node value) {
    HBox box = new HBox(name, value);
    box.getStyleClass().add("fact");
    return box;
  }
}
