package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.upgrade.RunRequest;
import java.util.List;
import java.util.Set;

/**
 * What the filter bar says.
 *
 * @param failed only what failed last; then the states are empty
 * @param stamped only what looks upgraded and probably never was; then the states are empty
 */
record Filter(
    String words,
    Set<String> scopes,
    Set<String> categories,
    Set<MemoryState> states,
    boolean failed,
    boolean stamped,
    EntryQuery.Sort sort,
    boolean ascending) {

  static final Filter NONE =
      new Filter("", Set.of(), Set.of(), Set.of(), false, false, EntryQuery.Sort.TIME, false);

  Filter {
    scopes = Set.copyOf(scopes);
    categories = Set.copyOf(categories);
    states = Set.copyOf(states);
  }

  Filter withWords(String newWords) {
    return new Filter(newWords, scopes, categories, states, failed, stamped, sort, ascending);
  }

  Filter withScopes(Set<String> newScopes) {
    return new Filter(words, newScopes, categories, states, failed, stamped, sort, ascending);
  }

  Filter withCategories(Set<String> newCategories) {
    return new Filter(words, scopes, newCategories, states, failed, stamped, sort, ascending);
  }

  Filter withStates(Set<MemoryState> newStates) {
    return new Filter(words, scopes, categories, newStates, false, false, sort, ascending);
  }

  Filter withFailed(boolean newFailed) {
    return new Filter(
        words,
        scopes,
        categories,
        newFailed ? Set.of() : states,
        newFailed,
        false,
        sort,
        ascending);
  }

  Filter withStamped(boolean newStamped) {
    return new Filter(
        words,
        scopes,
        categories,
        newStamped ? Set.of() : states,
        false,
        newStamped,
        sort,
        ascending);
  }

  Filter sortedBy(EntryQuery.Sort newSort, boolean newAscending) {
    return new Filter(words, scopes, categories, states, failed, stamped, newSort, newAscending);
  }

  /** Everything again, in the same order. */
  Filter cleared() {
    return NONE.sortedBy(sort, ascending);
  }

  boolean isFiltering() {
    return !cleared().equals(this);
  }

  EntryQuery query(Set<String> failedIds) {
    return new EntryQuery(
        words.strip(),
        scopes,
        categories,
        states,
        failed ? failedIds : null,
        false,
        stamped,
        List.of(),
        sort,
        ascending);
  }

  /** What an upgrade of all that match would take: of these, the legacy or the stamped ones. */
  EntryQuery upgradable(Set<String> failedIds) {
    return RunRequest.upgradable(query(failedIds));
  }
}
