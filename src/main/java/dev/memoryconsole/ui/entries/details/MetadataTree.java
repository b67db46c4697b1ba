package dev.memoryconsole.ui.entries.details;

import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** Metadata as a tree of keys and values; times are in words. */
public final class MetadataTree extends TreeTableView<MetadataLine> {
  private static final KeyCodeCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
  private static final double ROW = 28;

  private final Messages messages;
  private final Times times;
  private final Set<String> closed = new HashSet<>();
  private List<MetadataLine> shown = List.of();

  /** Empty. */
  public MetadataTree(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
    getStyleClass().add("metadata-tree");
    setShowRoot(false);
    setFixedCellSize(ROW);
    setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
    setAccessibleText(messages.get("access.metadata"));
    TreeTableColumn<MetadataLine, MetadataLine> key = column("details.key");
    key.getStyleClass().add("metadata-key");
    key.setPrefWidth(168);
    key.setCellFactory(any -> new KeyCell());
    TreeTableColumn<MetadataLine, MetadataLine> value = column("details.value");
    value.setPrefWidth(240);
    value.setCellFactory(any -> new ValueCell());
    getColumns().setAll(List.of(key, value));
    addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
  }

  private TreeTableColumn<MetadataLine, MetadataLine> column(String title) {
    TreeTableColumn<MetadataLine, MetadataLine> column = new TreeTableColumn<>(messages.get(title));
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(line -> new ReadOnlyObjectWrapper<>(line.getValue().getValue()));
    return column;
  }

  /** Shows metadata; what somebody closed stays closed. */
  public void show(List<MetadataLine> lines) {
    if (shown.equals(lines) && getRoot() != null) {
      // The times go on.
      refresh();
      return;
    }
    shown = lines;
    TreeItem<MetadataLine> root = new TreeItem<>();
    root.setExpanded(true);
    add(root, lines, "");
    setRoot(root);
  }

  private void add(TreeItem<MetadataLine> to, List<MetadataLine> lines, String path) {
    for (MetadataLine line : lines) {
      TreeItem<MetadataLine> item = new TreeItem<>(line);
      List<MetadataLine> parts = line.parts();
      if (parts != null && !parts.isEmpty()) {
        String name = path + "/" + line.name();
        add(item, parts, name);
        item.setExpanded(!closed.contains(name));
        item.expandedProperty()
            .addListener(
                (value, before, now) -> {
                  if (now) {
                    closed.remove(name);
                  } else {
                    closed.add(name);
                  }
                });
      }
      to.getChildren().add(item);
    }
  }

  private void keyPressed(KeyEvent event) {
    TreeItem<MetadataLine> item = getSelectionModel().getSelectedItem();
    if (COPY.match(event) && item != null) {
      ClipboardContent content = new ClipboardContent();
      content.putString(
          item.getValue().parts() == null ? item.getValue().text() : item.getValue().json());
      Clipboard.getSystemClipboard().setContent(content);
      event.consume();
    }
  }

  private String words(MetadataLine line) {
    List<MetadataLine> parts = line.parts();
    if (parts != null) {
      return line.json().startsWith("[")
          ? messages.get("details.elements", parts.size())
          : messages.get("details.fields", parts.size());
    }
    Long time = line.time();
    return time == null ? line.text().replaceAll("\\s+", " ") : times.relative(time);
  }

  private Tooltip tip(MetadataLine line) {
    Long time = line.time();
    return Tips.of(time != null ? times.exact(time) + "\n" + line.json() : line.text());
  }

  private static final class KeyCell extends TreeTableCell<MetadataLine, MetadataLine> {
    @Override
    protected void updateItem(@Nullable MetadataLine line, boolean empty) {
      super.updateItem(line, empty);
      setText(empty || line == null ? null : line.name());
      setTooltip(empty || line == null ? null : Tips.of(line.name()));
    }
  }

  private final class ValueCell extends TreeTableCell<MetadataLine, MetadataLine> {
    ValueCell() {
      getStyleClass().add("metadata-value");
    }

    @Override
    protected void updateItem(@Nullable MetadataLine line, boolean empty) {
      super.updateItem(line, empty);
      getStyleClass().remove("muted");
      if (empty || line == null) {
        setText(null);
        setTooltip(null);
        return;
      }
      setText(words(line));
      setTooltip(line.parts() == null ? tip(line) : null);
      if (line.parts() != null) {
        getStyleClass().add("muted");
      }
    }
  }
}
