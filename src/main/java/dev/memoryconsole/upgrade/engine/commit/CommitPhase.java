package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowSwap;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.CandidateSource;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import dev.memoryconsole.upgrade.pace.BatchPace;
import dev.memoryconsole.upgrade.pace.BatchPlanner;
import dev.memoryconsole.upgrade.pace.StorePacing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Phase 2: one batch, one lock, by one thread. While it writes a batch, another one prepares the
 * next.
 */
public final class CommitPhase {
  private static final long POLL_MILLIS = 20;
  // Who waits that long for the lock shares it with somebody busy.
  private static final long BUSY_NANOS = 5_000_000;

  private final RunControl run;
  private final Supplier<? extends Decision> decisions;
  private final BatchPlanner planner;
  private final @Nullable RowSwap swap;
  private final BatchQueue waiting;
  private final BatchOutcomes outcomes;
  private final ExecutorService preparer;
  private @Nullable PreparedBatch next;
  private boolean lockIsBusy;
  private int batches;

  /**
   * Commits what a source makes ready.
   *
   * @param decisions makes the decision of each batch
   */
  public CommitPhase(
      RunControl run,
      CandidateSource source,
      Supplier<? extends Decision> decisions,
      StorePacing pacing) {
    this.run = run;
    this.decisions = decisions;
    boolean swaps = run.options().commit() == CommitMode.CAS;
    this.planner =
        new BatchPlanner(run.options().batching(), swaps, run.store(), pacing, System::nanoTime);
    this.waiting = new BatchQueue(run.ledger(), source, planner);
    this.outcomes = new BatchOutcomes(run, source, waiting);
    this.swap = swaps ? (RowSwap) run.store() : null;
    this.preparer =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("run-" + run.id() + "-prepare").daemon().factory());
  }

  /** What batches do now, and why. */
  public BatchPace pace() {
    return planner.pace();
  }

  /** Commits batches until every entry has its outcome or the run is stopped. */
  public void commitAll() throws InterruptedException {
    try {
      while (run.ledger().remaining() > 0 && !run.isStopping()) {
        try {
          if (Thread.interrupted()) {
            // Of a swap: left standing, it would end every later one.
            throw new InterruptedException();
          }
          if (run.gate().isClosed()) {
            // A pause may last for days: nothing stays announced meanwhile.
            giveUpNext();
          }
          run.awaitResumed();
          if (!run.isStopping()) {
            step();
          }
        } catch (InterruptedException e) {
          giveUpNext();
          // A pause ends the waiting too; nothing was lost by it.
          if (run.isStopping()) {
            throw e;
          }
        }
      }
    } finally {
      giveUpNext();
      preparer.close();
    }
  }

  private void step() throws InterruptedException {
    outcomes.awaitJournal();
    if (waiting.hasAlone()) {
      commit(PreparedBatch.later(announced(waiting.takeAlone())));
      return;
    }
    PreparedBatch ready = next;
    int rows = planner.rows();
    if (ready != null && ready.entries().size() > rows + rows / 4) {
      // Somebody is waiting for the lock since it was prepared.
      giveUpNext();
      ready = null;
    }
    if (ready == null && !waiting.isDue(rows, 0)) {
      waiting.poll(POLL_MILLIS);
    } else if (planner.pauseNanos() > 0) {
      TimeUnit.NANOSECONDS.sleep(
          Math.min(planner.pauseNanos(), TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)));
    } else if (ready == null) {
      // What became ready while the lock was left alone goes along.
      waiting.fill(rows);
      commit(PreparedBatch.later(announced(waiting.take(rows))));
    } else {
      next = null;
      commit(ready);
    }
  }

  private AnnouncedBatch announced(List<Candidate> batch) {
    return AnnouncedBatch.first(run, decisions.get(), batch);
  }

  /** Has the next batch prepared while this one is written. */
  private void prepareNext(PreparedBatch underWay) throws InterruptedException {
    // What is prepared long before its turn would only be decided anew, inside the lock, and what
    // becomes ready until then would not go along.
    if (next != null || lockIsBusy || planner.rests() || swap != null || waiting.hasAlone()) {
      return;
    }
    int rows = planner.rows();
    waiting.fill(rows);
    if (waiting.isDue(rows, underWay.entries().size())) {
      next = PreparedBatch.by(preparer, announced(waiting.take(rows)));
    }
  }

  /** Has what was to be written next wait for its turn again. */
  private void giveUpNext() {
    PreparedBatch ahead = next;
    if (ahead != null) {
      next = null;
      ahead.awaitEnd();
      outcomes.putBack(ahead.entries());
    }
  }

  private void commit(PreparedBatch batch) throws InterruptedException {
    LockPurpose purpose = new LockPurpose(kindOf(run.kind()), run.id(), ++batches);
    List<Candidate> entries = batch.entries();
    AnnouncedBatch announced = batch.announced();
    BatchCommitEvent flight = BatchCommitEvent.begun(purpose, entries.size());
    try {
      batch.await();
      boolean alone = entries.stream().allMatch(entry -> entry.unit().size() == 1);
      if (swap != null && alone) {
        flight.written(swapAll(announced, purpose, swap));
        return;
      }
      prepareNext(batch);
      long asked = System.nanoTime();
      PatchReport report =
          run.store().patch(entries.stream().map(Candidate::id).toList(), announced, purpose);
      flight.written(report.lock().rows());
      long held = report.lock().holdNanos();
      lockIsBusy = System.nanoTime() - asked - held > BUSY_NANOS;
      planner.held(entries.size(), report.lock());
      outcomes.settle(entries, report.results(), announced);
    } catch (InterruptedException e) {
      // Nothing was written; the batch waits for its turn again, and before the next.
      batch.awaitEnd();
      giveUpNext();
      outcomes.giveUp(entries);
      if (entries.getFirst().unit().containsAll(entries)) {
        waiting.tryAlone(entries);
      } else {
        waiting.putBack(entries);
      }
      throw e;
    } catch (OutcomeUnknownException e) {
      outcomes.unknown(entries, e);
    } catch (StoreException e) {
      outcomes.failed(entries, announced, e);
    } finally {
      flight.commit();
    }
  }

  private static LockPurpose.Kind kindOf(RunKind run) {
    return switch (run) {
      case UPGRADE, RETRY, STAMPED -> LockPurpose.Kind.UPGRADE;
      case MEND -> LockPurpose.Kind.MEND;
      case UNDO -> LockPurpose.Kind.UNDO;
      case RESTORE -> LockPurpose.Kind.RESTORE;
    };
  }

  /** Writes each row by itself; one that can't be written costs only itself. Counts them. */
  private int swapAll(AnnouncedBatch announced, LockPurpose purpose, RowSwap rows) {
    List<Candidate> batch = announced.entries();
    int written = 0;
    for (int i = 0; i < batch.size(); i++) {
      List<Candidate> now = List.of(batch.get(i));
      String id = batch.get(i).id();
      try {
        PatchResult result = rows.swap(id, announced, purpose);
        outcomes.settle(now, Map.of(id, result), announced);
        written += result instanceof PatchResult.Written ? 1 : 0;
      } catch (InterruptedException e) {
        outcomes.putBack(batch.subList(i, batch.size()));
        // The rest of the batch is settled; what comes next ends by it.
        Thread.currentThread().interrupt();
        return written;
      } catch (OutcomeUnknownException e) {
        outcomes.putBack(batch.subList(i + 1, batch.size()));
        outcomes.unknown(now, e);
        return written;
      } catch (StoreException e) {
        outcomes.putBack(batch.subList(i + 1, batch.size()));
        outcomes.failed(now, announced, e);
        return written;
      }
    }
    return written;
  }
}
