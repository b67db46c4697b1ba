package dev.memoryconsole.mend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.RowColumn;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an admin saw of a memory when deciding on all of it: its text, its columns and its metadata,
 * but for what a recall counts ({@link #COUNTED}) and for how the metadata is spelt. Texts are kept
 * as hashes. Immutable.
 *
 * @param text the hash of its text
 * @param columns its category, scope and importance
 * @param timestamp the column as it is
 * @param metadata the hash of its metadata
 */
public record SeenRow(
    String text, ColumnValues columns, @Nullable Long timestamp, String metadata) {
  /** The keys that a recall raises: a memory in which only these have changed is the same one. */
  public static final Set<String> COUNTED =
      Set.of(
          Keys.ACCESS_COUNT,
          Keys.LAST_ACCESSED_AT,
          Keys.INJECTED_COUNT,
          Keys.LAST_INJECTED_AT,
          Keys.BAD_RECALL_COUNT,
          Keys.LAST_CONFIRMED_USE_AT,
          Keys.SUPPRESSED_UNTIL_TURN,
          Keys.SUPPRESSED_UNTIL_MS);

  private static final String TEXT = "text";
  private static final String TIMESTAMP = "timestamp";
  private static final String METADATA = "metadata";

  /** What there is to be seen of a row. */
  public static SeenRow of(MemoryEntry row) {
    return new SeenRow(
        TextHash.of(row.text()),
        ColumnValues.of(row, EnumSet.allOf(RowColumn.class)),
        row.timestamp(),
        metadataHash(row.metadata()));
  }

  /** The name of the first thing that a row holds otherwise; empty if it is as it was seen. */
  public Optional<String> changed(MemoryEntry row) {
    if (!TextHash.of(row.text()).equals(text)) {
      return Optional.of(TEXT);
    }
    Optional<RowColumn> column = columns.changing(row).values().keySet().stream().findFirst();
    if (column.isPresent()) {
      return column.map(RowColumn::key);
    }
    if (!Objects.equals(row.timestamp(), timestamp)) {
      return Optional.of(TIMESTAMP);
    }
    return metadataHash(row.metadata()).equals(metadata) ? Optional.empty() : Optional.of(METADATA);
  }

  /** Whether two metadata differ in nothing but what a recall counts, and in how they are spelt. */
  public static boolean sameMetadata(@Nullable String one, @Nullable String other) {
    return Objects.equals(one, other) || metadataHash(one).equals(metadataHash(other));
  }

  private static String metadataHash(@Nullable String metadata) {
    Optional<ObjectNode> object = MetadataJson.object(metadata);
    if (object.isEmpty()) {
      return TextHash.of(metadata == null || metadata.isBlank() ? "" : metadata);
    }
    ObjectNode own = object.get();
    own.remove(COUNTED);
    StringBuilder spelt = new StringBuilder();
    spell(own, spelt);
    return TextHash.of(own.isEmpty() ? "" : spelt.toString());
  }

  /** Spells a value in one way of many: keys in order, numbers by their value. */
  private static void spell(JsonNode node, StringBuilder to) {
    if (node instanceof ObjectNode object) {
      TreeMap<String, JsonNode> ordered = new TreeMap<>();
      object.properties().forEach(key -> ordered.put(key.getKey(), key.getValue()));
      to.append('{');
      ordered.forEach(
          (key, value) -> {
            to.append(MetadataJson.write(object.textNode(key))).append(':');
            spell(value, to);
            to.append(',');
          });
      to.append('}');
    } else if (node.isArray()) {
      to.append('[');
      node.forEach(
          value -> {
            spell(value, to);
            to.append(',');
          });
      to.append(']');
    } else if (node.isNumber()) {
      to.append(node.decimalValue().stripTrailingZeros());
    } else {
      to.append(MetadataJson.write(node));
    }
  }

  ObjectNode node() {
    ObjectNode node = MetadataJson.objectOrEmpty(null);
    node.put(TEXT, text).put(TIMESTAMP, timestamp).put(METADATA, metadata);
    node.setAll(columns.node());
    return node;
  }

  static SeenRow ofNode(JsonNode node) {
    JsonNode timestamp = node.path(TIMESTAMP);
    return new SeenRow(
        node.path(TEXT).asText(),
        ColumnValues.ofNode(node),
        timestamp.isNumber() ? timestamp.asLong() : null,
        node.path(METADATA).asText());
  }
}
