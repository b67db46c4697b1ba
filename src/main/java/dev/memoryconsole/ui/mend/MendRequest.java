package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.store.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A mend that somebody wants to see.
 *
 * @param which the memories
 * @param preset what is to be set to begin with, in all of them
 * @param groups the ids of those that are duplicates of each other, if they are to be merged
 * @param chosen the ids of those that the admin wants to keep of them
 */
public record MendRequest(
    Kind kind, Which which, FieldChanges preset, List<List<String>> groups, Set<String> chosen) {
  /** What a mend does. */
  public enum Kind {
    /** Sets fields that the admin chooses, the same in all. */
    FIELDS,
    /** Gives mapped reflections the categories that they should have. */
    CATEGORIES,
    /** Deletes. */
    DELETION,
    /** Keeps one of several duplicates, with what was counted of all. */
    MERGE
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
    return ofEach(Kind.FIELDS, which, preset);
  }

  /** The admin chooses what is set. */
  public static MendRequest fields(Which which) {
    return fields(which, NOTHING);
  }

  /** Categories are put right. */
  public static MendRequest categories(Which which) {
    return ofEach(Kind.CATEGORIES, which, NOTHING);
  }

  /** The memories are deleted. */
  public static MendRequest deletion(Which which) {
    return ofEach(Kind.DELETION, which, NOTHING);
  }

  private static MendRequest ofEach(Kind kind, Which which, FieldChanges preset) {
    return new MendRequest(kind, which, preset, List.of(), Set.of());
  }

  /**
   * One of each group is kept.
   *
   * @param groups the ids of each
   * @param chosen the ids of those that are kept, whatever the rule says
   */
  public static MendRequest merge(List<List<String>> groups, Set<String> chosen) {
    List<String> ids = groups.stream().flatMap(List::stream).distinct().toList();
    return new MendRequest(Kind.MERGE, store -> ids, NOTHING, groups, chosen);
  }
}
