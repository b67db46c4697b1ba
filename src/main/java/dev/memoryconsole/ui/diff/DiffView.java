package dev.memoryconsole.ui.diff;

import atlantafx.base.controls.ToggleSwitch;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.memoryconsole.diff.JsonPatch;
import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Scrolled;
import dev.memoryconsole.ui.common.Shown;
import dev.memoryconsole.ui.common.WrappingLine;
import dev.memoryconsole.ui.common.text.JsonText;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/**
 * What a run did to a memory, key by key: what was there before, what the run wrote, what others
 * wrote, and the result.
 */
public final class DiffView extends VBox {
  /** Goes to the next change. */
  public static final KeyCodeCombination NEXT = new KeyCodeCombination(KeyCode.F7);

  /** Goes to the change before. */
  public static final KeyCodeCombination PREVIOUS =
      new KeyCodeCombination(KeyCode.F7, KeyCombination.SHIFT_DOWN);

  private static final double LEAST_HEIGHT = 56;

  private final Messages messages;
  private final Times times;
  private final Label caption = new Label();
  private final HBox tools;
  private final ToggleSwitch onlyChanges = new ToggleSwitch();
  private final Button previous = new Button(null, Icons.of(Feather.CHEVRON_UP));
  private final Button next = new Button(null, Icons.of(Feather.CHEVRON_DOWN));
  private final Label position = new Label();
  private final Button copy = new Button(null, Icons.of(Feather.COPY));
  private final VBox blocks = new VBox();
  private final ScrollPane scroll = new ScrollPane(blocks);
  private List<KeyDiff> diffs = List.of();
  private List<KeyBlock> changes = List.of();
  private boolean enriched = true;
  private boolean brief;
  private int at = -1;

  /** Empty. */
  public DiffView(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
    getStyleClass().add("diff-view");
    caption.getStyleClass().add("muted");
    caption.setWrapText(true);
    caption.setMinHeight(Region.USE_PREF_SIZE);
    caption.setMaxWidth(Double.MAX_VALUE);
    onlyChanges.setText(messages.get("diff.onlyChanges"));
    onlyChanges.setSelected(true);
    onlyChanges.setId("onlyChanges");
    onlyChanges.setMinWidth(Region.USE_PREF_SIZE);
    onlyChanges.selectedProperty().addListener(value -> fill());
    tool(previous, "diffPrevious", named("diff.previous", PREVIOUS), () -> go(-1));
    tool(next, "diffNext", named("diff.next", NEXT), () -> go(1));
    tool(copy, "diffCopy", messages.get("diff.copy"), this::copy);
    position.setId("diffPosition");
    position.getStyleClass().add("muted");
    position.setMinWidth(Region.USE_PREF_SIZE);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    tools = new WrappingLine();
    tools.getChildren().addAll(previous, next, position, space, onlyChanges, copy);
    tools.getStyleClass().add("diff-tools");
    blocks.getStyleClass().add("diff-blocks");
    scroll.setFitToWidth(true);
    scroll.setId("diffScroll");
    scroll.setMinHeight(LEAST_HEIGHT);
    Scrolled.tellLonger(scroll);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().setAll(caption, tools, scroll);
    fill();
  }

  private String named(String key, KeyCombination by) {
    return messages.get(key) + " (" + by.getDisplayText() + ")";
  }

  private static void tool(Button button, String id, String words, Runnable action) {
    button.setId(id);
    button.getStyleClass().addAll("button-icon", "flat");
    Icons.name(button, words);
    button.setOnAction(event -> action.run());
  }

  /** Goes from change to change by {@link #NEXT} and {@link #PREVIOUS} anywhere below a node. */
  public void followKeys(Node below) {
    below.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          int by = NEXT.match(event) ? 1 : PREVIOUS.match(event) ? -1 : 0;
          if (by != 0 && isVisible()) {
            go(by);
            event.consume();
          }
        });
  }

  /** Shows what an upgrade does, under a sentence that says what is compared. */
  public void show(String what, List<KeyDiff> keys) {
    show(what, keys, true);
  }

  /**
   * Shows these keys under a sentence that says what is compared.
   *
   * @param enriches whether what the run wrote came of an enrichment
   */
  public void show(String what, List<KeyDiff> keys, boolean enriches) {
    caption.setText(what);
    if (diffs.equals(keys) && enriched == enriches) {
      return;
    }
    diffs = List.copyOf(keys);
    enriched = enriches;
    copy.setGraphic(Icons.of(Feather.COPY));
    fill();
  }

  /** Takes no more room than the caption while there is nothing to show: something follows it. */
  public void beBrief() {
    brief = true;
    fill();
  }

  private void fill() {
    List<KeyBlock> all =
        diffs.stream()
            .filter(key -> !onlyChanges.isSelected() || key.kind() != KeyDiff.Kind.KEPT)
            .map(key -> new KeyBlock(key, enriched, messages, times))
            .toList();
    changes = all.stream().filter(block -> block.key().kind() != KeyDiff.Kind.KEPT).toList();
    at = -1;
    Shown.shown(tools, !diffs.isEmpty());
    Shown.shown(scroll, !brief || !diffs.isEmpty());
    copy.setDisable(JsonPatch.of(diffs).isEmpty());
    if (all.isEmpty() && !diffs.isEmpty()) {
      Label nothing = new Label(messages.get("diff.none"));
      nothing.getStyleClass().addAll("muted", "diff-block");
      blocks.getChildren().setAll(nothing);
    } else {
      blocks.getChildren().setAll(all);
    }
    scroll.setVvalue(0);
    showPosition();
  }

  private void showPosition() {
    position.setText(
        at < 0
            ? messages.get("diff.changes", changes.size())
            : messages.get("diff.position", at + 1, changes.size()));
    previous.setDisable(at <= 0);
    next.setDisable(at + 1 >= changes.size());
  }

  private void go(int by) {
    int to = at + by;
    if (to < 0 || to >= changes.size()) {
      return;
    }
    at = to;
    for (KeyBlock block : changes) {
      block.current(block == changes.get(at));
    }
    reveal(changes.get(at));
    showPosition();
  }

  private void reveal(KeyBlock block) {
    scroll.applyCss();
    scroll.layout();
    double top = block.getBoundsInParent().getMinY();
    double bottom = block.getBoundsInParent().getMaxY();
    double room = scroll.getViewportBounds().getHeight();
    double spare = blocks.getHeight() - room;
    if (spare <= 0) {
      return;
    }
    double shownFrom = scroll.getVvalue() * spare;
    if (top < shownFrom || bottom - top > room) {
      scroll.setVvalue(Math.min(1, top / spare));
    } else if (bottom > shownFrom + room) {
      scroll.setVvalue(Math.min(1, (bottom - room) / spare));
    }
  }

  private void copy() {
    ArrayNode patch = JsonPatch.of(diffs);
    ClipboardContent content = new ClipboardContent();
    content.putString(JsonText.indented(patch));
    Clipboard.getSystemClipboard().setContent(content);
    copy.setGraphic(Icons.of(Feather.CHECK));
  }
}
