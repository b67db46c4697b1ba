package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.query.ParsedQuery;
import dev.memoryconsole.store.query.QueryEdit;
import dev.memoryconsole.store.query.QueryKeys;
import dev.memoryconsole.store.query.QueryParser;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.upgrade.RunRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the filter bar says. The text in its field is all there is to know: boxes and chips show
 * parts of it, and write into it.
 *
 * @param asked what the text means
 */
record Filter(ParsedQuery asked, EntryQuery.Sort sort, boolean ascending) {
  static final Filter NONE = new Filter(ParsedQuery.EVERYTHING, EntryQuery.Sort.TIME, false);

  String text() {
    return asked.text();
  }

  Set<String> scopes() {
    return asked.scopes();
  }

  Set<String> categories() {
    return asked.categories();
  }

  Set<MemoryState> states() {
    return asked.states();
  }

  boolean failed() {
    return asked.failed();
  }

  boolean stamped() {
    return asked.stamped();
  }

  Filter withText(String text) {
    return new Filter(
        QueryParser.parse(text, Clock.system(ZoneId.systemDefault())), sort, ascending);
  }

  private Filter with(String key, Set<String> values) {
    return withText(QueryEdit.with(text(), key, values));
  }

  Filter withScopes(Set<String> scopes) {
    return with(QueryKeys.SCOPE, scopes);
  }

  Filter withCategories(Set<String> categories) {
    return with(QueryKeys.CATEGORY, categories);
  }

  Filter withStates(Set<MemoryState> states) {
    return with(
        QueryKeys.STATE,
        Set.copyOf(states.stream().map(state -> state.name().toLowerCase(Locale.ROOT)).toList()));
  }

  Filter withFailed(boolean failed) {
    return with(QueryKeys.STATE, failed ? Set.of(QueryParser.FAILED) : Set.of());
  }

  Filter withStamped(boolean stamped) {
    return with(QueryKeys.STATE, stamped ? Set.of(QueryParser.STAMPED) : Set.of());
  }

  Filter sortedBy(EntryQuery.Sort newSort, boolean newAscending) {
    return new Filter(asked, newSort, newAscending);
  }

  /** Everything again, in the same order. */
  Filter cleared() {
    return NONE.sortedBy(sort, ascending);
  }

  boolean isFiltering() {
    return !asked.isAnyState() || isNarrowed();
  }

  /** Whether anything but the state is asked for. */
  boolean isNarrowed() {
    return !scopes().isEmpty() || !categories().isEmpty() || !asked.conditions().isEmpty();
  }

  /** Whether legacy memories are asked for, and nothing else. */
  boolean isOnlyLegacy() {
    return !isNarrowed() && states().equals(Set.of(MemoryState.LEGACY));
  }

  EntryQuery query(Set<String> failedIds) {
    EntryQuery query = EntryQuery.ALL.and(asked).sortedBy(sort, ascending);
    return failed() ? query.withIds(failedIds) : query;
  }

  /** What is asked for in any state. */
  EntryQuery inAnyState() {
    return withStates(Set.of()).query(Set.of());
  }

  /** What an upgrade of all that match would take: of these, the legacy or the stamped ones. */
  EntryQuery upgradable(Set<String> failedIds) {
    return RunRequest.upgradable(query(failedIds));
  }

  /**
   * How many match, as the totals have it if these can tell: so that counts which stand beside each
   * other are from one moment.
   *
   * @param counted what was counted, which may be of another moment
   */
  long matching(Session.Totals totals, long counted) {
    if (isNarrowed() || failed()) {
      return counted;
    }
    return stamped()
        ? totals.stamped()
        : states().isEmpty()
            ? totals.total()
            : states().stream().mapToLong(state -> of(totals, state)).sum();
  }

  private static long of(Session.Totals totals, MemoryState state) {
    return switch (state) {
      case LEGACY -> totals.legacy();
      case UPGRADED -> totals.upgraded();
      case FALLBACK -> totals.fallback();
      case CORPUS -> totals.corpus();
    };
  }

  /** The words and phrases to show where they occur. */
  List<String> phrases() {
    return asked.phrases();
  }
}
