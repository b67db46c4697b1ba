package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.journal.ErasureJournal;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.Erasure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Erases for good what runs have kept of memories that they deleted. Thread-safe. */
final class Eraser {
  private static final int AT_ONCE = 250;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final MemoryStore store;
  private final ErasureJournal journal;
  private final InstantSource clock;
  private final String storeKey;

  Eraser(MemoryStore store, Journal journal, InstantSource clock) {
    this.store = store;
    this.journal = journal.erasure();
    this.clock = clock;
    this.storeKey = store.location().key();
  }

  Erasure.Plan plan(Set<Long> runs, long before) throws InterruptedException {
    ErasureJournal.Deleted deleted = journal.deleted(storeKey, runs, before);
    List<String> gone = gone(deleted.ids());
    return new Erasure.Plan(
        gone, deleted.ids().size() - gone.size(), gone.isEmpty() ? 0 : deleted.lastAt());
  }

  Erasure.Report erase(Erasure.Plan plan) throws InterruptedException {
    // Somebody may have put one back since; what a memory went through is kept while it is there.
    List<String> gone = gone(plan.ids());
    int entries = journal.erase(storeKey, gone, clock.millis());
    return new Erasure.Report(gone.size(), entries, journal.clean().orElse(null));
  }

  /** Those that are not in the store, as two looks say. */
  private List<String> gone(List<String> ids) throws InterruptedException {
    List<String> missed = missing(ids);
    if (missed.isEmpty()) {
      return missed;
    }
    // Another program may just be replacing a row, which it does by deleting and adding it.
    TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    return missing(missed);
  }

  private List<String> missing(List<String> ids) {
    IdList.Builder missing = new IdList.Builder();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      Cancellation.check();
      List<String> some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
      Set<String> there =
          store.find(some).stream().map(MemoryEntry::id).collect(Collectors.toSet());
      some.stream().filter(id -> !there.contains(id)).forEach(missing::add);
    }
    return missing.build();
  }
}
