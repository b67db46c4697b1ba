package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.store.MemoryStore;
import java.util.List;
import java.util.Map;

/**
 * A mend that somebody wants to see.
 *
 * @param which the memories
 * @param preset what is to be set to begin with, in all of them
 */
public record MendRequest(Kind kind, Which which, FieldChanges preset) {
  /** What a mend does. */
  public enum Kind {
    /** Sets fields that the admin chooses, the same in all. */
    FIELDS,
    /** Gives mapped reflections the categories that they should have. */
    CATEGORIES,
    /** Deletes. */
    DELETION
  }

  /** Finds the memories. */
  @FunctionalInterface
  public interface Which {
    /** Their ids; called in the background. */
    List<String> ids(MemoryStore store) throws InterruptedException;
  }

  private static final FieldChanges NOTHING = new FieldChanges(Map.of());

  /** The admin chooses what is set, from this on. */
  public static MendRequest fields(Which which, FieldChanges preset) {
    return new MendRequest(Kind.FIELDS, which, preset);
  }

  /** The admin chooses what is set. */
  public static MendRequest fields(Which which) {
    return fields(which, NOTHING);
  }

  /** Categories are put right. */
  public static MendRequest categories(Which which) {
    return new MendRequest(Kind.CATEGORIES, which, NOTHING);
  }

  /** The memories are deleted. */
  public static MendRequest deletion(Which which) {
    return new MendRequest(Kind.DELETION, which, NOTHING);
  }
}
