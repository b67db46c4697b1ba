package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.UpgradeException;
import java.util.Optional;

/** Looks after a store's lock whose holder seems to be gone. Thread-safe. */
final class LockBreaker {
  private static final int RUNS = 20;

  private final MemoryStore store;
  private final Journal journal;
  // One for all looks: signs of life are told from one to the next.
  private final Optional<LockInspection> lock;

  LockBreaker(MemoryStore store, Journal journal) {
    this.store = store;
    this.journal = journal;
    this.lock = store.lockInspection();
  }

  Optional<LockCondition> condition() {
    return lock.flatMap(LockInspection::condition);
  }

  Optional<LockOwner> owner() {
    return lock.flatMap(file -> file.condition().map(held -> file.owner())).or(store::lockOwner);
  }

  LockCondition breakIt() throws InterruptedException {
    LockInspection stuck =
        lock.orElseThrow(
            () ->
                new UpgradeException(
                    "There is nothing to break: the lock of an "
                        + store.kind()
                        + " store is the operating system's, which frees it when its holder's"
                        + " process ends; end that process if it hangs."));
    refuseWhileOursLives();
    try {
      return stuck.breakIt(store.lockMetrics()::record);
    } catch (LockException e) {
      throw new UpgradeException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A console that stands still, in a debugger for example, gives no sign of life and lives. */
  private void refuseWhileOursLives() {
    for (RunRecord run : journal.runs().latest(store.location().key(), RUNS)) {
      if (!run.state().isOver()) {
        throw new UpgradeException(
            "Run %d is at work in process %d, which is alive and may hold the lock; nothing was changed, cancel the run or end that process first."
                .formatted(run.id(), run.owner().pid()));
      }
    }
  }
}
