package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunRecord.Restore;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.upgrade.RestorePlan;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.run.ErrorSentence;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings snapshots back. Each restore is a run of the journal: while it is at work no other run of
 * the store can begin, in whatever process, and it does not begin while another is. Thread-safe.
 */
final class Restorer {
  private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);

  private final MemoryStore store;
  private final Journal journal;
  private final Clock clock;
  private final String storeKey;
  private final ReentrantLock turn = new ReentrantLock();
  private final Object watch = new Object();
  // Guarded by watch.
  private @Nullable Thread restoring;
  private boolean closed;

  Restorer(MemoryStore store, Journal journal, Clock clock) {
    this.store = store;
    this.journal = journal;
    this.clock = clock;
    this.storeKey = store.location().key();
  }

  /** Does what {@link Upgrades#restore} promises. */
  void restore(RestorePlan plan, SnapshotProgress progress) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      begin();
      try {
        run(plan, progress);
      } finally {
        end();
      }
    } finally {
      turn.unlock();
    }
  }

  private void begin() {
    synchronized (watch) {
      if (closed) {
        throw new UpgradeException(UpgradeCode.CLOSED_BEFORE_RESTORE.with());
      }
      restoring = Thread.currentThread();
    }
  }

  private void end() {
    synchronized (watch) {
      restoring = null;
    }
  }

  /** Gives up a restore that has not taken effect yet, and waits for its end. */
  void close() {
    synchronized (watch) {
      closed = true;
      if (restoring != null) {
        restoring.interrupt();
      }
    }
    turn.lock();
    try {
      // Nobody restores any more, nor will.
      end();
    } finally {
      turn.unlock();
    }
  }

  private void run(RestorePlan plan, SnapshotProgress progress) throws InterruptedException {
    long begun = System.nanoTime();
    long run =
        journal
            .runs()
            .start(RunPlan.restore(storeKey, plan.name()), clock.millis())
            .orElseThrow(InterruptedException::new);
    try {
      bringBack(run, plan, progress, begun);
      finish(run, plan, begun);
    } finally {
      journal.runs().release(run);
    }
  }

  private void finish(long run, RestorePlan plan, long begun) {
    try {
      // The announcement has done it; this is for the eyes of who looks at those runs.
      journal.runs().endVerification(run);
      record(run, RunState.COMPLETED, begun);
    } catch (JournalException e) {
      throw new UpgradeException(
          UpgradeCode.RESTORE_UNRECORDED.with(
              plan.name(), plan.safetyCopyName(), ErrorSentence.of(e)),
          e);
    }
  }

  private void bringBack(long run, RestorePlan plan, SnapshotProgress progress, long begun)
      throws InterruptedException {
    try {
      Restorable.of(store)
          .restoreFrom(plan.snapshot(), plan.safetyCopy(), guard(run, plan), progress);
    } catch (OutcomeUnknownException e) {
      // It stays announced: nobody may lay over it what it may have taken away.
      tryTo(() -> record(run, RunState.INTERRUPTED, begun));
      throw e;
    } catch (InterruptedException e) {
      withdraw(run, RunState.CANCELLED, begun);
      throw e;
    } catch (RuntimeException e) {
      withdraw(run, RunState.INTERRUPTED, begun);
      throw e;
    }
  }

  private RestoreGuard guard(long run, RestorePlan plan) {
    return new RestoreGuard() {
      @Override
      public void announce() {
        journal.runs().restoring(run, plan.safetyCopyName());
      }

      @Override
      public void confirm() {
        journal.entries().confirm(run, List.of());
      }
    };
  }

  /** Takes the announcement back: nothing took effect. */
  private void withdraw(long run, RunState end, long begun) {
    tryTo(
        () -> {
          journal.runs().restoring(run, null);
          record(run, end, begun);
        });
  }

  private void record(long run, RunState end, long begun) {
    long elapsed = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    journal.runs().update(run, end, elapsed, LockSummary.NONE, ModelUsage.NONE, clock.millis());
  }

  // Something else is on its way to the admin. What is not recorded counts as interrupted.
  private static void tryTo(Runnable recording) {
    try {
      recording.run();
    } catch (JournalException e) {
      LOG.warn("The end of a restore could not be recorded", e);
    }
  }

  /**
   * Refuses what can be done with other runs.
   *
   * @param done what it can't be, for example {@link UpgradeCode#UNDONE}
   * @throws UpgradeException if the run is a restore
   */
  static void refuse(RunRecord run, UpgradeCode done) {
    Restore restore = run.restore();
    if (restore == null) {
      return;
    }
    String safety = restore.safetyCopy();
    throw new UpgradeException(
        safety == null
            ? UpgradeCode.RESTORE_WITHOUT_EFFECT.with(run.id(), restore.snapshot(), done.with())
            : UpgradeCode.IS_A_RESTORE.with(run.id(), restore.snapshot(), done.with(), safety));
  }
}
