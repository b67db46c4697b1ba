package dev.memoryconsole.store;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.query.Condition;
import dev.memoryconsole.store.query.ParsedQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which entries, in which order. Conditions are joined by <em>and</em>; an empty set is no
 * condition.
 *
 * @param words all of these, separated by spaces, occur in the text or its abstract, ignoring case
 *     (ASCII), or are the id; blank for any
 * @param scopes exact scopes; the empty string stands for an absent one
 * @param categories values of the old category column
 * @param states where the row stands
 * @param ids only these ids; null for any, empty for none
 * @param retryable only rows that a retry of the whole store takes: marked {@code simple} or
 *     carrying an {@code upgrade_error}
 * @param stamped only rows that look upgraded and probably never were; otherwise {@link
 *     MemoryState#UPGRADED} alone does not mean these
 * @param conditions further ones
 * @param sort the column to sort by
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
    List<Condition> conditions,
    Sort sort,
    boolean ascending) {

  /** How many characters of a text count for its place in the order by text. */
  public static final int TEXT_ORDER_LENGTH = 60;

  /** Columns to sort by. Among the same by time and then by id, all in one direction. */
  public enum Sort {
    /** Among the same by id, always ascending. */
    TIME,
    ID,
    /** By its first {@link #TEXT_ORDER_LENGTH} characters; among the same by id. */
    TEXT,
    /** The old category. */
    CATEGORY,
    SCOPE,
    IMPORTANCE,
    /**
     * By the name of {@link MemoryState#LEGACY}, {@link MemoryState#FALLBACK} or {@link
     * MemoryState#UPGRADED}, whichever the row itself says.
     */
    STATE,
    /** As the metadata has it, also where it is none of the three. */
    TIER
  }

  /** Everything, newest first. */
  public static final EntryQuery ALL =
      new EntryQuery(
          "", Set.of(), Set.of(), Set.of(), null, false, false, List.of(), Sort.TIME, false);

  /** Copies the sets. */
  public EntryQuery {
    scopes = Set.copyOf(scopes);
    categories = Set.copyOf(categories);
    states = Set.copyOf(states);
    ids = ids == null ? null : Set.copyOf(ids);
    conditions = List.copyOf(conditions);
  }

  /** Returns a copy with these words. */
  public EntryQuery withWords(String newWords) {
    return new EntryQuery(
        newWords, scopes, categories, states, ids, retryable, stamped, conditions, sort, ascending);
  }

  /** Returns a copy with these scopes. */
  public EntryQuery withScopes(Set<String> newScopes) {
    return new EntryQuery(
        words, newScopes, categories, states, ids, retryable, stamped, conditions, sort, ascending);
  }

  /** Returns a copy with these categories. */
  public EntryQuery withCategories(Set<String> newCategories) {
    return new EntryQuery(
        words, scopes, newCategories, states, ids, retryable, stamped, conditions, sort, ascending);
  }

  /** Returns a copy with these states. */
  public EntryQuery withStates(Set<MemoryState> newStates) {
    return new EntryQuery(
        words, scopes, categories, newStates, ids, retryable, stamped, conditions, sort, ascending);
  }

  /** Returns a copy with these ids; null for any. */
  public EntryQuery withIds(@Nullable Set<String> newIds) {
    return new EntryQuery(
        words, scopes, categories, states, newIds, retryable, stamped, conditions, sort, ascending);
  }

  /** Returns a copy for only what a retry of the whole store takes. */
  public EntryQuery onlyRetryable() {
    return new EntryQuery(
        words, scopes, categories, states, ids, true, stamped, conditions, sort, ascending);
  }

  /** Returns a copy for only rows that look upgraded and probably never were. */
  public EntryQuery onlyStamped() {
    return new EntryQuery(
        words, scopes, categories, states, ids, retryable, true, conditions, sort, ascending);
  }

  /** Returns a copy in another order. */
  public EntryQuery sortedBy(Sort newSort, boolean newAscending) {
    return new EntryQuery(
        words,
        scopes,
        categories,
        states,
        ids,
        retryable,
        stamped,
        conditions,
        newSort,
        newAscending);
  }

  /** Returns a copy with these conditions besides. */
  public EntryQuery withConditions(List<Condition> more) {
    List<Condition> all = new ArrayList<>(conditions);
    all.addAll(more);
    return new EntryQuery(
        words, scopes, categories, states, ids, retryable, stamped, all, sort, ascending);
  }

  /**
   * Returns a copy that finds only what also matches what was typed, but for its failed ones, of
   * which only a journal knows.
   */
  public EntryQuery and(ParsedQuery typed) {
    EntryQuery both =
        withConditions(typed.conditions())
            .withScopes(typed.scopes().isEmpty() ? scopes : typed.scopes())
            .withCategories(typed.categories().isEmpty() ? categories : typed.categories())
            .withStates(typed.states().isEmpty() ? states : typed.states());
    both = typed.stamped() ? both.onlyStamped() : both;
    both = narrowed(scopes, typed.scopes(), both, EntryQuery::withScopes);
    both = narrowed(categories, typed.categories(), both, EntryQuery::withCategories);
    return narrowed(states, typed.states(), both, EntryQuery::withStates);
  }

  /** Returns a copy that finds only what is also in one of these states; none for any. */
  public EntryQuery inStates(Set<MemoryState> wanted) {
    EntryQuery any = states.isEmpty() ? withStates(wanted) : this;
    return narrowed(states, wanted, any, EntryQuery::withStates);
  }

  private static <T> EntryQuery narrowed(
      Set<T> here, Set<T> there, EntryQuery query, BiFunction<EntryQuery, Set<T>, EntryQuery> set) {
    if (here.isEmpty() || there.isEmpty()) {
      return query;
    }
    Set<T> common = new HashSet<>(here);
    common.retainAll(there);
    return common.isEmpty() ? query.withIds(Set.of()) : set.apply(query, common);
  }

  /** All words and phrases, in their order. */
  public List<String> phrases() {
    List<String> all = new ArrayList<>();
    if (!words.isBlank()) {
      all.addAll(List.of(words.strip().split("[\\s\\u3000]+")));
    }
    for (Condition condition : conditions) {
      if (condition instanceof Condition.Phrase(String text)) {
        all.add(text);
      }
    }
    return List.copyOf(all);
  }
}
