package dev.memoryconsole.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.RowColumn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares metadata key by key, and columns. Metadata that is no JSON object counts as one without
 * keys.
 */
public final class MetadataDiff {
  private MetadataDiff() {}

  /** Compares the metadata before and after an upgrade, with nothing written by anybody else. */
  public static List<KeyDiff> between(@Nullable String before, @Nullable String written) {
    return between(before, before, written, written);
  }

  /**
   * Compares what a write found, what it left, and the row as it is now: first the columns that it
   * changed beside the metadata, then the metadata.
   *
   * @param now the row; null if there is none any more: then nothing was written since
   */
  public static List<KeyDiff> ofRow(WrittenRow write, @Nullable MemoryEntry now) {
    List<KeyDiff> all =
        new ArrayList<>(ofColumns(write.columnsBefore(), write.columnsWritten(), now));
    all.addAll(
        between(
            write.seen(),
            write.before(),
            write.written(),
            now == null ? write.written() : now.metadata()));
    return all;
  }

  private static List<KeyDiff> ofColumns(
      ColumnValues before, ColumnValues written, @Nullable MemoryEntry now) {
    ObjectNode old = before.node();
    ObjectNode ours = written.node();
    ObjectNode current =
        now == null ? ours : ColumnValues.of(now, written.values().keySet()).node();
    return written.values().keySet().stream()
        .map(RowColumn::key)
        .map(
            key ->
                compare(
                    key,
                    true,
                    given(old.get(key)),
                    given(old.get(key)),
                    given(ours.get(key)),
                    given(current.get(key))))
        .toList();
  }

  private static @Nullable JsonNode given(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node;
  }

  /**
   * Compares the metadata as a run found it, just before the run wrote, as the run wrote it, and as
   * it is now. Keys come in the order of {@code written}, followed by those that only the others
   * have.
   */
  public static List<KeyDiff> between(
      @Nullable String seen,
      @Nullable String before,
      @Nullable String written,
      @Nullable String now) {
    ObjectNode first = MetadataJson.objectOrEmpty(seen);
    ObjectNode old = MetadataJson.objectOrEmpty(before);
    ObjectNode ours = MetadataJson.objectOrEmpty(written);
    ObjectNode current = MetadataJson.objectOrEmpty(now);
    Set<String> keys = new LinkedHashSet<>();
    ours.fieldNames().forEachRemaining(keys::add);
    old.fieldNames().forEachRemaining(keys::add);
    first.fieldNames().forEachRemaining(keys::add);
    current.fieldNames().forEachRemaining(keys::add);
    List<KeyDiff> diffs = new ArrayList<>(keys.size());
    for (String key : keys) {
      diffs.add(compare(key, false, first.get(key), old.get(key), ours.get(key), current.get(key)));
    }
    return diffs;
  }

  private static KeyDiff compare(
      String key,
      boolean column,
      @Nullable JsonNode first,
      @Nullable JsonNode old,
      @Nullable JsonNode ours,
      @Nullable JsonNode current) {
    String seen = json(first);
    // Of two objects that differ in the order of their keys only, the words are one.
    String before = Objects.equals(first, old) ? seen : json(old);
    String written = Objects.equals(old, ours) ? before : json(ours);
    String now = Objects.equals(ours, current) ? written : json(current);
    return new KeyDiff(key, column, seen, before, written, now, kind(first, old, ours, current));
  }

  private static KeyDiff.Kind kind(
      @Nullable JsonNode first,
      @Nullable JsonNode old,
      @Nullable JsonNode ours,
      @Nullable JsonNode current) {
    if (!Objects.equals(ours, current)) {
      return KeyDiff.Kind.WRITTEN_LATER;
    }
    boolean meanwhile = !Objects.equals(first, old);
    if (Objects.equals(old, ours)) {
      return meanwhile ? KeyDiff.Kind.WRITTEN_MEANWHILE : KeyDiff.Kind.KEPT;
    }
    if (meanwhile) {
      return KeyDiff.Kind.WRITTEN_OVER;
    }
    if (old == null) {
      return KeyDiff.Kind.ADDED;
    }
    return ours == null ? KeyDiff.Kind.REMOVED : KeyDiff.Kind.CHANGED;
  }

  private static @Nullable String json(@Nullable JsonNode node) {
    return node == null ? null : MetadataJson.write(node);
  }
}
