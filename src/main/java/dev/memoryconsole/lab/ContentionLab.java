package dev.memoryconsole.lab;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tries strategies of locking on copies of a store, never on the store itself, beside a plugin that
 * writes and a model that is only played. Every strategy gets a fresh copy, the same entries, and
 * the same merge, re-read where it writes; what differs is the lock. The first two are tried as
 * rivals do it, without leaving the lock to others after a hold; the others as this app does.
 *
 * <p>Thread-safe.
 */
public final class ContentionLab {
  private static final String MADE_UP = "lab-made-up-";

  private final LabStores stores;
  private final Path folder;
  private final Clock clock;

  /**
   * With copies in this folder, which is made when it is needed.
   *
   * @param folder where copies are made; what is there is the lab's own
   */
  public ContentionLab(LabStores stores, Path folder, Clock clock) {
    this.stores = stores;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Tries strategies one after the other.
   *
   * @param store only read, without its write lock
   * @return a result for each strategy, in the order given
   * @throws StoreException if there can be no copy, or one can't be used
   * @throws InterruptedException if interrupted; nothing is left of the copies
   */
  public List<LabResult> run(
      MemoryStore store, LabPlan plan, List<Strategy> strategies, LabListener listener)
      throws InterruptedException {
    try (Scratch scratch = Scratch.in(folder)) {
      Path template = scratch.file("template.db");
      listener.copying(0);
      stores.copy(
          store,
          template,
          (done, total) -> listener.copying(total == 0 ? 1 : (double) done / total));
      List<String> ids = entries(template, plan.entries());
      List<LabResult> results = new ArrayList<>();
      for (Strategy strategy : strategies) {
        Path copy = scratch.file(strategy.label() + ".db");
        Path journal = scratch.file(strategy.label() + "-journal.db");
        stores.copy(template, copy);
        LabResult result =
            new Trial(stores, plan, copy, journal, ids, listener, clock).run(strategy);
        results.add(result);
        listener.tried(result);
        scratch.removeStore(copy);
        scratch.removeStore(journal);
      }
      return List.copyOf(results);
    } catch (IOException e) {
      throw new StoreException(LabCode.COPY_NOT_MADE.with(folder), e);
    }
  }

  /** Legacy entries of the copy; where it has too few, made-up ones are added to it. */
  private List<String> entries(Path template, int count) throws InterruptedException {
    List<String> ids;
    try (MemoryStore copy = stores.open(template, false)) {
      ids = new ArrayList<>(copy.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), count));
    }
    List<MemoryEntry> madeUp = new ArrayList<>();
    for (int i = ids.size(); i < count; i++) {
      madeUp.add(
          new MemoryEntry(
              MADE_UP + i,
              "A made-up memory, number " + i + ". The store has too few legacy ones.",
              "fact",
              "global",
              0.5,
              clock.millis(),
              "{}",
              1));
    }
    stores.insert(template, madeUp);
    madeUp.forEach(row -> ids.add(row.id()));
    return List.copyOf(ids);
  }
}
