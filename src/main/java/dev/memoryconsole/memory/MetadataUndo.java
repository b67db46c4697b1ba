package dev.memoryconsole.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a write back, key by key (src/docs/merge.md, "Undo"): where the row still holds the value
 * that was written, the value from before comes back or the key goes; where somebody wrote another
 * value since, theirs stays. A row without the marker of that very write is left alone. Pure.
 */
public final class MetadataUndo {
  // 1 and 1.0 are one value: whoever rewrites the metadata may spell a number anew.
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private MetadataUndo() {}

  /**
   * A row's metadata after the undo.
   *
   * @param metadata what the row's metadata becomes; null if it had none before
   */
  public record Undone(@Nullable String metadata) {}

  /**
   * What an undo makes of a row.
   *
   * @param current the metadata as re-read inside the lock
   * @param before the metadata before the write that is taken back
   * @param written what was written
   * @return empty if nothing of the write is left
   */
  public static Optional<Undone> undo(
      @Nullable String current, @Nullable String before, @Nullable String written) {
    if (Objects.equals(current, before) || !carries(current, before, written)) {
      return Optional.empty();
    }
    if (Objects.equals(current, written)) {
      return Optional.of(new Undone(before));
    }
    Optional<ObjectNode> now = MetadataJson.object(current);
    if (now.isEmpty() && current != null && !current.isBlank()) {
      // Somebody wrote something else altogether.
      return Optional.empty();
    }
    ObjectNode result = now.orElseGet(() -> MetadataJson.objectOrEmpty(null));
    ObjectNode wrote = MetadataJson.objectOrEmpty(written);
    boolean keptWhole = isKeptWhole(before);
    // Whoever removed or changed what was kept has had the last word on it.
    boolean stillKept = keptWhole && same(result.get(Keys.UNPARSED), wrote.get(Keys.UNPARSED));
    ObjectNode was = MetadataJson.objectOrEmpty(before);
    ObjectNode untouched = result.deepCopy();
    if (!takeBack(result, was, wrote)) {
      return Optional.empty();
    }
    if (stillKept && !result.isEmpty()) {
      // What was no object has no place beside the keys of others: it stays where it was kept.
      result.set(Keys.UNPARSED, wrote.get(Keys.UNPARSED));
      if (result.equals(untouched)) {
        // It was taken back before, by a run that was killed before it could say so for example.
        return Optional.empty();
      }
    }
    boolean wasObject = MetadataJson.object(before).isPresent();
    boolean asBefore = wasObject ? result.equals(BY_VALUE, was) : result.isEmpty();
    if (asBefore && keptWhole == stillKept) {
      return Optional.of(new Undone(before));
    }
    return Optional.of(new Undone(MetadataJson.write(result)));
  }

  /**
   * Whether a row carries the marker of the write that left {@code written}: a mend's, if that is
   * what the write changed, and else an upgrade's. A row without it holds nothing of that write,
   * whatever its values look like. A write that took a marker away, as an undo does, is recognised
   * by the marker's absence.
   */
  public static boolean carries(
      @Nullable String current, @Nullable String before, @Nullable String written) {
    ObjectNode now = MetadataJson.objectOrEmpty(current);
    ObjectNode wrote = MetadataJson.objectOrEmpty(written);
    if (isMend(before, written)) {
      return same(now.get(Keys.MENDED_AT), wrote.get(Keys.MENDED_AT));
    }
    return same(now.get(Keys.UPGRADED_AT), wrote.get(Keys.UPGRADED_AT))
        && same(now.get(Keys.UPGRADED_BY), wrote.get(Keys.UPGRADED_BY));
  }

  /** Whether a write was a mend or took one back: it changed that marker. */
  public static boolean isMend(@Nullable String before, @Nullable String written) {
    return !same(
        MetadataJson.objectOrEmpty(before).get(Keys.MENDED_AT),
        MetadataJson.objectOrEmpty(written).get(Keys.MENDED_AT));
  }

  private static boolean takeBack(ObjectNode result, ObjectNode was, ObjectNode wrote) {
    boolean changed = false;
    for (String key : keys(was, wrote)) {
      JsonNode earlier = was.get(key);
      JsonNode ours = wrote.get(key);
      if (!same(earlier, ours) && same(result.get(key), ours)) {
        changed = true;
        if (earlier == null) {
          result.remove(key);
        } else {
          result.set(key, earlier);
        }
      }
    }
    return changed;
  }

  private static boolean isKeptWhole(@Nullable String before) {
    return before != null && !before.isEmpty() && MetadataJson.object(before).isEmpty();
  }

  private static Set<String> keys(ObjectNode was, ObjectNode wrote) {
    Set<String> keys = new LinkedHashSet<>();
    was.fieldNames().forEachRemaining(keys::add);
    wrote.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Whether two values are one, however a number is spelt; null for one that is not there. */
  public static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.equals(BY_VALUE, other);
  }
}
