package dev.memoryconsole.ui.checkup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.diff.WordDiff;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.diff.MarkedText;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One of two memories that are compared: its text, with what differs marked, and its counters. */
final class MemoryCard extends VBox {
  private static final String NOTHING = "–";

  private final Messages messages;
  private final Times times;
  private final Label caption = new Label();
  private final Hyperlink details = new Hyperlink();
  private final String name;
  private final VBox text = new VBox();
  private final GridPane facts = new GridPane();
  private @Nullable String id;

  /**
   * Empty.
   *
   * @param name of its nodes
   * @param open goes to a memory's details
   */
  MemoryCard(String name, Consumer<String> open, Messages messages, Times times) {
    this.name = name;
    this.messages = messages;
    this.times = times;
    getStyleClass().add("memory-card");
    setId(name + "Card");
    caption.getStyleClass().add("column-title");
    details.setText(messages.get("checkup.open"));
    details.setMinWidth(Region.USE_PREF_SIZE);
    details.setOnAction(
        event -> {
          details.setVisited(false);
          if (id != null) {
            open.accept(id);
          }
        });
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(caption, space, details);
    head.getStyleClass().add("memory-card-head");
    facts.getStyleClass().add("facts");
    ScrollPane scroll = new ScrollPane(new VBox(12, text, facts));
    scroll.setFitToWidth(true);
    scroll.setAccessibleText(messages.get("access.text"));
    VBox.setVgrow(scroll, Priority.ALWAYS);
    // Both are equally wide, whatever is in them.
    setPrefWidth(0);
    setMinWidth(0);
    getChildren().setAll(head, scroll);
  }

  /**
   * Shows a memory.
   *
   * @param places the words that the other one has not
   * @param markClass how they are marked
   */
  void show(
      String words,
      MemoryEntry row,
      MemoryEntry other,
      List<WordDiff.Place> places,
      String markClass) {
    id = row.id();
    caption.setText(words);
    MarkedText marked = new MarkedText(row.text(), places, markClass);
    marked.setId(name + "Text");
    text.getChildren().setAll(marked);
    facts.getChildren().clear();
    ObjectNode own = MetadataJson.objectOrEmpty(row.metadata());
    ObjectNode theirs = MetadataJson.objectOrEmpty(other.metadata());
    fact("checkup.recalled", number(own, "access_count"), number(theirs, "access_count"));
    fact("checkup.injected", number(own, "injected_count"), number(theirs, "injected_count"));
    fact("checkup.lastRecalled", time(own), time(theirs));
    fact("column.time", time(row.timestampMillis()), time(other.timestampMillis()));
    fact("column.category", category(row, own), category(other, theirs));
    fact("column.tier", word(own, Keys.TIER), word(theirs, Keys.TIER));
    fact("column.importance", importance(row), importance(other));
  }

  private void fact(String key, String value, String others) {
    Label name = new Label(messages.get(key));
    name.getStyleClass().add("muted");
    name.setMinWidth(Region.USE_PREF_SIZE);
    Label shown = new Label(value);
    if (!value.equals(others)) {
      shown.getStyleClass().add("differs");
    }
    facts.addRow(facts.getRowCount(), name, shown);
  }

  private String number(ObjectNode metadata, String key) {
    JsonNode value = metadata.path(key);
    return value.isNumber() ? messages.numbers().whole(value.asLong()) : word(metadata, key);
  }

  private static String word(ObjectNode metadata, String key) {
    String word = metadata.path(key).asText("");
    return word.isBlank() ? NOTHING : word;
  }

  private String time(ObjectNode metadata) {
    JsonNode at = metadata.path("last_accessed_at");
    return time(at.isNumber() ? MemoryEntry.millisOf(at.asLong()) : null);
  }

  private String time(@Nullable Long at) {
    return at == null ? NOTHING : times.relative(at);
  }

  private static String category(MemoryEntry row, ObjectNode metadata) {
    String column = row.category() == null || row.category().isBlank() ? NOTHING : row.category();
    String category = word(metadata, Keys.MEMORY_CATEGORY);
    return category.equals(NOTHING) ? column : category + " (" + column + ")";
  }

  private String importance(MemoryEntry row) {
    Double importance = row.importance();
    return importance == null ? NOTHING : messages.numbers().decimal(importance, 2);
  }
}
