package dev.memoryconsole.ui.entries.details;

import dev.memoryconsole.memory.Relation;
import dev.memoryconsole.ui.common.Shown;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The memories that a memory names, as links to them. Not there if it names none. */
public final class RelatedBox extends VBox {
  private final Messages messages;
  private final Consumer<String> open;
  private final GridPane lines = new GridPane();
  private List<RelatedMemory> shown = List.of();

  /**
   * Empty.
   *
   * @param open opens a memory by its id
   */
  public RelatedBox(Messages messages, Consumer<String> open) {
    this.messages = messages;
    this.open = open;
    setId("related");
    getStyleClass().add("related");
    Label title = new Label(messages.get("details.related"));
    title.getStyleClass().add("column-title");
    lines.getStyleClass().add("related-lines");
    ColumnConstraints type = new ColumnConstraints();
    type.setMinWidth(Region.USE_PREF_SIZE);
    ColumnConstraints memory = new ColumnConstraints();
    memory.setHgrow(Priority.ALWAYS);
    memory.setMinWidth(0);
    lines.getColumnConstraints().setAll(type, memory);
    ScrollPane scroll = new ScrollPane(lines);
    scroll.setFitToWidth(true);
    getChildren().setAll(title, scroll);
    Shown.shown(this, false);
  }

  /** Shows these. */
  public void show(List<RelatedMemory> related) {
    if (shown.equals(related)) {
      return;
    }
    shown = List.copyOf(related);
    lines.getChildren().clear();
    for (RelatedMemory memory : related) {
      Label type = new Label(words(memory.type()));
      type.getStyleClass().add("muted");
      lines.addRow(lines.getRowCount(), type, line(memory));
    }
    Shown.shown(this, !related.isEmpty());
  }

  private Node line(RelatedMemory memory) {
    String title = memory.title();
    if (title == null) {
      Label gone = new Label(messages.get("details.related.gone", memory.id()));
      gone.getStyleClass().add("muted");
      gone.setTooltip(Tips.of(memory.id()));
      gone.setMinWidth(0);
      return gone;
    }
    Hyperlink link = new Hyperlink(title);
    link.setTooltip(Tips.of(title + "\n" + memory.id()));
    link.setMinWidth(0);
    link.setOnAction(event -> open.accept(memory.id()));
    return link;
  }

  private String words(String type) {
    return switch (type) {
      case Relation.SUPERSEDES -> messages.get("details.related.supersedes");
      case Relation.SUPERSEDED_BY -> messages.get("details.related.supersededBy");
      case Relation.CANONICAL -> messages.get("details.related.canonical");
      case "" -> messages.get("details.related.some");
      default -> type;
    };
  }
}
