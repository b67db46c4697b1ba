package dev.memoryconsole.store;

import dev.memoryconsole.memory.MemoryState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries, in which order. Conditions are joined by <em>and</em>; an empty set is no
 * condition.
 *
 * @param words all of these, separated by spaces, occur in the text or its abstract, ignoring case
 *     (ASCII); blank for any
 * @param scopes exact scopes; the empty string stands for an absent one
 * @param categories values of the old category column
 * @param states where the row stands
 * @param ids only these ids; null for any, empty for none
 * @param retryable only rows that a retry of the whole store takes: marked {@code simple} or
 *     carrying an {@code upgrade_error}
 * @param stamped only rows that look upgraded and probably never were; otherwise {@link
 *     MemoryState#UPGRADED} alone does not mean these
 * @param sort the column to sort by; ties are broken by id
 * @param ascending the direction
 */
public record EntryQuery(
    String words,
    Set<String> scopes,
    Set<String> categories,
    Set<MemoryState> states,
    @Nullable Set<String> ids,
    boolean retryable,
    boolean stamped,
    Sort sort,
    boolean ascending) {

  /** Columns to sort by. */
  public enum Sort {
    TIME,
    ID,
    TEXT,
    CATEGORY,
    SCOPE,
    IMPORTANCE
  }

  /** Everything, newest first. */
  public static final EntryQuery ALL =
      new EntryQuery("", Set.of(), Set.of(), Set.of(), null, false, false, Sort.TIME, false);

  /** Copies the sets. */
  public EntryQuery {
    scopes = Set.copyOf(scopes);
    categories = Set.copyOf(categories);
    states = Set.copyOf(states);
    ids = ids == null ? null : Set.copyOf(ids);
  }

  /** Returns a copy with these words. */
  public EntryQuery withWords(String newWords) {
    return new EntryQuery(
        newWords, scopes, categories, states, ids, retryable, stamped, sort, ascending);
  }

  /** Returns a copy with these scopes. */
  public EntryQuery withScopes(Set<String> newScopes) {
    return new EntryQuery(
        words, newScopes, categories, states, ids, retryable, stamped, sort, ascending);
  }

  /** Returns a copy with these categories. */
  public EntryQuery withCategories(Set<String> newCategories) {
    return new EntryQuery(
        words, scopes, newCategories, states, ids, retryable, stamped, sort, ascending);
  }

  /** Returns a copy with these states. */
  public EntryQuery withStates(Set<MemoryState> newStates) {
    return new EntryQuery(
        words, scopes, categories, newStates, ids, retryable, stamped, sort, ascending);
  }

  /** Returns a copy with these ids; null for any. */
  public EntryQuery withIds(@Nullable Set<String> newIds) {
    return new EntryQuery(
        words, scopes, categories, states, newIds, retryable, stamped, sort, ascending);
  }

  /** Returns a copy for only what a retry of the whole store takes. */
  public EntryQuery onlyRetryable() {
    return new EntryQuery(words, scopes, categories, states, ids, true, stamped, sort, ascending);
  }

  /** Returns a copy for only rows that look upgraded and probably never were. */
  public EntryQuery onlyStamped() {
    return new EntryQuery(words, scopes, categories, states, ids, retryable, true, sort, ascending);
  }

  /** Returns a copy in another order. */
  public EntryQuery sortedBy(Sort newSort, boolean newAscending) {
    return new EntryQuery(
        words, scopes, categories, states, ids, retryable, stamped, newSort, newAscending);
  }
}
