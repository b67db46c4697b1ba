package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.memory.ids.IdSet;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.PlannedMend;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.UpgradeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Which entries a run takes. Thread-safe. */
final class RunSelection {
  private static final int READ_AT_ONCE = 200;

  private final MemoryStore store;
  private final Journal journal;
  private final String storeKey;

  RunSelection(MemoryStore store, Journal journal) {
    this.store = store;
    this.journal = journal;
    this.storeKey = store.location().key();
  }

  /** The entries that match, also those that are just being replaced. */
  List<String> matching(EntryQuery selection, int limit) {
    // Not even its lock is taken where nothing may be written under it.
    refuseIfReadOnly(store);
    try {
      return store.inventory(selection, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  static void refuseIfReadOnly(MemoryStore store) {
    store
        .writeRefusal()
        .ifPresent(
            refusal -> {
              throw new UpgradeException(refusal);
            });
  }

  static UpgradeException stopped() {
    return new UpgradeException(UpgradeCode.STOPPED_BEFORE_IT_BEGAN.with());
  }

  /** These, and whatever failed last in any run. */
  List<String> withFailed(List<String> retryable) {
    IdList.Builder ids = new IdList.Builder();
    retryable.forEach(ids::add);
    journal.entries().failedIds(storeKey).forEach(ids::add);
    return IdSet.copyOf(ids.build()).list();
  }

  /** What a retry of the whole store takes, by what its rows say. */
  static EntryQuery retryable(String enricher) {
    // Without a model, enriching anew what has the simple enrichment by choice would gain nothing.
    return enricher.equals(Marker.SIMPLE)
        ? EntryQuery.ALL.withStates(Set.of(MemoryState.FALLBACK))
        : EntryQuery.ALL.onlyRetryable();
  }

  /** What a mend could not do, and would do again. */
  List<PlannedMend> failedMends(RunRecord run) {
    List<PlannedMend> failed = new ArrayList<>();
    for (int from = 0; from < run.selected(); from += READ_AT_ONCE) {
      for (EntryProgress entry :
          journal.entries().planned(run.id(), from, from + READ_AT_ONCE - 1)) {
        String plan = entry.plan();
        if (entry.state().isRetryable() && plan != null) {
          failed.add(new PlannedMend(entry.id(), MendPlan.ofJson(plan)));
        }
      }
    }
    return failed;
  }

  /**
   * What a run wrote.
   *
   * @param ids only these entries; empty for all
   * @throws UpgradeException if it wrote none of them
   */
  List<String> written(long run, Collection<String> ids) {
    Set<String> wanted = Set.copyOf(ids);
    List<String> all = journal.entries().writtenIds(run);
    List<String> written = wanted.isEmpty() ? all : all.stream().filter(wanted::contains).toList();
    if (written.isEmpty() && isErased(run, wanted)) {
      throw new UpgradeException(UpgradeCode.ERASED_FOR_GOOD.with(run));
    }
    if (written.isEmpty()) {
      throw new UpgradeException(
          wanted.isEmpty()
              ? UpgradeCode.WROTE_NOTHING.with(run)
              : UpgradeCode.WROTE_NONE_OF_THESE.with(run));
    }
    return written;
  }

  private boolean isErased(long run, Set<String> ids) {
    List<String> erased = journal.erasure().erased(run);
    return ids.isEmpty() ? !erased.isEmpty() : erased.stream().anyMatch(ids::contains);
  }
}
