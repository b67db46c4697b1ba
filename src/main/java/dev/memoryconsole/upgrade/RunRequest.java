package dev.memoryconsole.upgrade;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.store.EntryQuery;
import java.util.List;
import java.util.Set;

/** What somebody wants a run to do; which entries that means is a {@link PlannedRun}. */
public sealed interface RunRequest {
  /**
   * An upgrade of what is legacy among the entries that match.
   *
   * @param query the entries that were chosen, whatever their state
   * @param limit at most so many
   * @param except ids that are left out
   */
  record Matching(EntryQuery query, int limit, Set<String> except) implements RunRequest {
    /** Copies the set. */
    public Matching {
      except = Set.copyOf(except);
    }

    /** All that match. */
    public Matching(EntryQuery query) {
      this(query, Integer.MAX_VALUE, Set.of());
    }
  }

  /**
   * An upgrade of what is legacy among these entries.
   *
   * @param ids in the run's order
   * @param possiblyLegacy whether those are meant too that look upgraded and probably never were
   */
  record Chosen(List<String> ids, boolean possiblyLegacy) implements RunRequest {
    /** Copies the list. */
    public Chosen {
      ids = IdList.copyOf(ids);
    }
  }

  /** Going on with a run that was stopped. */
  record Resume(long run) implements RunRequest {}

  /** Taking part in a run that many consoles work on, for as long as there is something to take. */
  record Part(long run) implements RunRequest {}

  /** A retry of what a run could not upgrade, and no later run has upgraded or taken back. */
  record Retry(long run) implements RunRequest {}

  /** A retry of whatever fell back, failed or stayed stale in the store. */
  record RetryAll() implements RunRequest {}

  /**
   * Narrows a query to what an upgrade of all that match would take: what is legacy, or, if only
   * those were asked for, what is possibly legacy.
   */
  static EntryQuery upgradable(EntryQuery query) {
    if (query.stamped()) {
      return query;
    }
    boolean anyLegacy = query.states().isEmpty() || query.states().contains(MemoryState.LEGACY);
    return anyLegacy ? query.withStates(Set.of(MemoryState.LEGACY)) : query.withIds(Set.of());
  }
}
