package dev.memoryconsole.store.query;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a memory, beyond those that an {@link dev.memoryconsole.store.EntryQuery} has
 * places for. Text is compared ignoring the case of ASCII letters, as words are.
 */
public sealed interface Condition {
  /** From how many characters on the beginning of an id finds the memory: as many as are shown. */
  int SHORT_ID = 8;

  /** Whether a memory has this id, or a short form of it was written. */
  static boolean isId(String written, String id) {
    return id.equals(written) || (written.length() >= SHORT_ID && id.startsWith(written));
  }

  /**
   * The text or its abstract holds this, or it is the memory's id.
   *
   * @param text not blank
   */
  record Phrase(String text) implements Condition {}

  /** The memory has one of these ids, or one that begins with them. */
  record Id(Set<String> ids) implements Condition {
    /** Copies the set. */
    public Id {
      ids = Set.copyOf(ids);
    }
  }

  /** How important the memory is; one without an importance never matches. */
  record Importance(Comparison comparison, double value) implements Condition {}

  /**
   * When it was remembered; a memory without a time never matches.
   *
   * @param from the first millisecond since 1970; null for any
   * @param until the first one behind; null for any
   */
  record Time(@Nullable Long from, @Nullable Long until) implements Condition {
    /** Whether a time is in this range. */
    public boolean holds(long millis) {
      return (from == null || millis >= from) && (until == null || millis < until);
    }
  }

  /** There is no time at which it was remembered. */
  record NoTime() implements Condition {}

  /** Something about the metadata; metadata that is no JSON object has no keys. */
  sealed interface OfMetadata extends Condition {
    /** The keys that lead to the value, from the outermost. */
    List<String> path();
  }

  /** The value, or one of an array's, is one of these: as text, number or word of JSON. */
  record MetaEquals(List<String> path, Set<String> values) implements OfMetadata {
    /** Copies both. */
    public MetaEquals {
      path = List.copyOf(path);
      values = Set.copyOf(values);
    }
  }

  /** The value is a number, or a text that is one, and compares so. */
  record MetaCompares(List<String> path, Comparison comparison, double value)
      implements OfMetadata {
    /** Copies the path. */
    public MetaCompares {
      path = List.copyOf(path);
    }
  }

  /**
   * There is a value, or none: absent, null and empty text are none.
   *
   * @param wanted whether there must be one
   */
  record MetaPresent(List<String> path, boolean wanted) implements OfMetadata {
    /** Copies the path. */
    public MetaPresent {
      path = List.copyOf(path);
    }
  }

  /** This is not so, which it never is where there is no value. */
  record Without(OfMetadata condition) implements OfMetadata {
    @Override
    public List<String> path() {
      return condition.path();
    }
  }
}
