package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.message.Coded;
import dev.memoryconsole.store.HasOwnLock;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.TellsLockOwner;
import dev.memoryconsole.upgrade.UpgradeCode;
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
    this.lock =
        store instanceof HasOwnLock own ? Optional.of(own.lockInspection()) : Optional.empty();
  }

  Optional<LockCondition> condition() {
    return lock.flatMap(LockInspection::condition);
  }

  Optional<LockOwner> owner() {
    return lock.flatMap(file -> file.condition().map(held -> file.owner())).or(this::ownerBySystem);
  }

  private Optional<LockOwner> ownerBySystem() {
    return store instanceof TellsLockOwner teller ? teller.lockOwner() : Optional.empty();
  }

  LockCondition breakIt() throws InterruptedException {
    LockInspection stuck =
        lock.orElseThrow(
            () -> new UpgradeException(UpgradeCode.NOTHING_TO_BREAK.with(store.kind())));
    refuseWhileOursLives();
    try {
      return stuck.breakIt(store.lockMetrics()::record);
    } catch (LockException e) {
      throw new UpgradeException(Coded.message(e), e);
    }
  }

  /** A console that stands still, in a debugger for example, gives no sign of life and lives. */
  private void refuseWhileOursLives() {
    for (RunRecord run : journal.runs().latest(store.location().key(), RUNS)) {
      if (!run.state().isOver()) {
        throw new UpgradeException(UpgradeCode.RUN_MAY_HOLD_LOCK.with(run.id(), run.owner().pid()));
      }
    }
  }
}
