package dev.memoryconsole.ui.diff;

import atlantafx.base.controls.ToggleSwitch;
import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Key, before and after; long values wrap. */
public final class DiffView extends VBox {
  private static final int SHORT = 12;

  private final Messages messages;
  private final Label caption = new Label();
  private final ToggleSwitch onlyChanges = new ToggleSwitch();
  private final GridPane grid = new GridPane();
  private List<KeyDiff> diffs = List.of();

  /** Empty. */
  public DiffView(Messages messages) {
    this.messages = messages;
    getStyleClass().add("diff-view");
    caption.getStyleClass().add("muted");
    caption.setWrapText(true);
    caption.setMinHeight(Region.USE_PREF_SIZE);
    HBox.setHgrow(caption, Priority.ALWAYS);
    caption.setMaxWidth(Double.MAX_VALUE);
    onlyChanges.setText(messages.get("diff.onlyChanges"));
    onlyChanges.setSelected(true);
    onlyChanges.setId("onlyChanges");
    onlyChanges.setMinWidth(Region.USE_PREF_SIZE);
    onlyChanges.selectedProperty().addListener(value -> fill());
    HBox head = new HBox(caption, onlyChanges);
    head.getStyleClass().add("diff-head");
    grid.getStyleClass().add("diff-grid");
    ScrollPane scroll = new ScrollPane(grid);
    scroll.setFitToWidth(true);
    scroll.setId("diffScroll");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().setAll(head, scroll);
  }

  /** Shows these keys under a sentence that says what is compared. */
  public void show(String what, List<KeyDiff> keys) {
    caption.setText(what);
    diffs = List.copyOf(keys);
    fill();
  }

  private static ColumnConstraints share(double percent) {
    ColumnConstraints column = new ColumnConstraints();
    column.setPercentWidth(percent);
    column.setHgrow(Priority.ALWAYS);
    return column;
  }

  private void fill() {
    grid.getChildren().clear();
    grid.getColumnConstraints().clear();
    List<DiffLine> lines = DiffLine.of(diffs, onlyChanges.isSelected());
    onlyChanges.setVisible(!diffs.isEmpty());
    if (lines.isEmpty()) {
      if (!diffs.isEmpty()) {
        grid.add(muted(messages.get("diff.none")), 0, 0, 3, 1);
      }
      return;
    }
    boolean shortBefore =
        lines.stream().map(DiffLine::before).allMatch(b -> b == null || b.length() <= SHORT);
    grid.getColumnConstraints()
        .setAll(share(30), share(shortBefore ? 18 : 33), share(shortBefore ? 52 : 37));
    grid.addRow(
        0,
        head(messages.get("diff.key")),
        head(messages.get("diff.before")),
        head(messages.get("diff.after")));
    int row = 1;
    for (DiffLine line : lines) {
      Region band = new Region();
      band.getStyleClass().addAll("diff-band", line.styleClass());
      grid.add(band, 0, row, 3, 1);
      grid.add(key(line), 0, row);
      grid.add(value(line.before(), "diff-old"), 1, row);
      grid.add(value(line.after(), "diff-new"), 2, row);
      row++;
    }
  }

  private Node key(DiffLine line) {
    Label key = wrapping(line.key());
    key.getStyleClass().add("mono");
    Label word = new Label(line.sign() + " " + messages.get(line.wordKey()));
    word.getStyleClass().addAll("diff-word", line.styleClass());
    word.setMinWidth(Region.USE_PREF_SIZE);
    VBox box = new VBox(key, word);
    box.getStyleClass().add("diff-cell");
    return box;
  }

  private static Node value(@Nullable String text, String side) {
    Label label = wrapping(text == null ? "–" : text);
    label.getStyleClass().addAll("mono", "diff-cell", text == null ? "muted" : side);
    GridPane.setValignment(label, VPos.TOP);
    return label;
  }

  private static Label wrapping(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setMaxWidth(Double.MAX_VALUE);
    return label;
  }

  private static Label head(String text) {
    Label label = new Label(text);
    label.getStyleClass().addAll("diff-cell", "column-title");
    return label;
  }

  private static Label muted(String text) {
    Label label = wrapping(text);
    label.getStyleClass().addAll("muted", "diff-cell");
    return label;
  }
}
