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
import dev.memoryconsole.upgrade.pace.Batching;
import dev.memoryconsole.upgrade.pace.StorePacing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Phase 2: one batch, one lock, by one thread. While it writes, another one prepares what comes
 * next: as many batches as are announced at once, if so much is ready.
 */
public final class CommitPhase {
  private static final long POLL_MILLIS = 20;
  // Who waits that long for the lock, and so many times as long as it is held, shares it with
  // somebody busy: to lock many rows takes its time by itself.
  private static final long BUSY_NANOS = 5_000_000;
  private static final int BUSY_TIMES = 4;
  // So many are announced at once, because each announcement takes the disk's time. More would
  // hardly be cheaper, and be longer on their way.
  private static final int ANNOUNCED_AT_ONCE = 100;

  private final RunControl run;
  private final Supplier<? extends Decision> decisions;
  private final BatchPlanner planner;
  private final @Nullable RowSwap swap;
  private final BatchQueue waiting;
  private final BatchOutcomes outcomes;
  private final ExecutorService preparer;
  // What is being written, batch by batch, and what comes after that.
  private @Nullable PreparedBatch ready;
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
            giveUpPrepared();
          }
          run.awaitResumed();
          if (!run.isStopping()) {
            step();
          }
        } catch (InterruptedException e) {
          giveUpPrepared();
          // A pause ends the waiting too; nothing was lost by it.
          if (run.isStopping()) {
            throw e;
          }
        }
      }
    } finally {
      giveUpPrepared();
      preparer.close();
    }
  }

  private void step() throws InterruptedException {
    outcomes.awaitJournal();
    if (waiting.hasAlone()) {
      if (planner.pauseNanos() > 0) {
        rest();
      } else {
        commitAll(PreparedBatch.later(announced(waiting.takeAlone())));
      }
      return;
    }
    if (ready == null) {
      ready = next;
      next = null;
    }
    int rows = planner.rows();
    if (ready == null && !waiting.isDue(rows, 0)) {
      waiting.poll(POLL_MILLIS);
    } else if (planner.pauseNanos() > 0) {
      rest();
    } else if (ready == null) {
      // What became ready while the lock was left alone goes along.
      waiting.fill(rows);
      commitAll(PreparedBatch.later(announced(waiting.take(rows))));
    } else {
      PreparedBatch batch = ready;
      ready = null;
      commit(batch, rows);
    }
  }

  private void rest() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(
        Math.min(planner.pauseNanos(), TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)));
  }

  private void commitAll(PreparedBatch batch) throws InterruptedException {
    commit(batch, batch.left().size());
  }

  private AnnouncedBatch announced(List<Candidate> batch) {
    return AnnouncedBatch.first(run, decisions.get(), batch);
  }

  /**
   * Has what comes next prepared while this is written: in good time, and not before much has
   * become ready.
   *
   * @param underWay how many are being written or will be before that
   */
  private void prepareNext(int underWay) throws InterruptedException {
    // What is prepared long before its turn would only be decided anew, inside the lock, and what
    // becomes ready until then would not go along.
    if (next != null || lockIsBusy || planner.rests() || swap != null || waiting.hasAlone()) {
      return;
    }
    int rows = planner.rows();
    int most = rows * Math.max(1, ANNOUNCED_AT_ONCE / rows);
    waiting.fill(most);
    boolean inTime = underWay <= Math.max(rows, ANNOUNCED_AT_ONCE / 2);
    if (waiting.isDue(inTime ? rows : most, underWay)) {
      next = PreparedBatch.by(preparer, announced(waiting.take(rows, most)));
    }
  }

  /** Has what was to be written next wait for its turn again. */
  private void giveUpPrepared() {
    PreparedBatch first = ready;
    PreparedBatch second = next;
    ready = null;
    next = null;
    putBack(second);
    putBack(first);
  }

  private void putBack(@Nullable PreparedBatch prepared) {
    if (prepared != null) {
      prepared.awaitEnd();
      outcomes.putBack(prepared.left());
    }
  }

  /** Writes the first rows of what is prepared; the rest of it is ready then. */
  private void commit(PreparedBatch batch, int rows) throws InterruptedException {
    LockPurpose purpose = new LockPurpose(kindOf(run.kind()), run.id(), ++batches);
    List<Candidate> entries = batch.left();
    AnnouncedBatch announced = batch.announced();
    BatchCommitEvent flight = BatchCommitEvent.begun(purpose);
    try {
      batch.await();
      // A size that somebody has set is not exceeded.
      entries = batch.take(rows, run.options().batching() instanceof Batching.Fixed ? 0 : rows / 4);
      flight.took(entries.size());
      ready = batch.left().isEmpty() ? ready : batch;
      boolean alone = entries.stream().allMatch(entry -> entry.unit().size() == 1);
      if (swap != null && alone) {
        flight.written(swapAll(entries, announced, purpose, swap));
        return;
      }
      prepareNext(entries.size() + batch.left().size());
      long asked = System.nanoTime();
      PatchReport report =
          run.store().patch(entries.stream().map(Candidate::id).toList(), announced, purpose);
      flight.written(report.lock().rows());
      long held = report.lock().holdNanos();
      lockIsBusy = System.nanoTime() - asked - held > Math.max(BUSY_NANOS, BUSY_TIMES * held);
      planner.held(entries.size(), report.lock());
      outcomes.settle(entries, report.results(), announced);
    } catch (InterruptedException e) {
      // Nothing was written; the batch waits for its turn again, and before the next.
      batch.awaitEnd();
      giveUpPrepared();
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
  private int swapAll(
      List<Candidate> batch, AnnouncedBatch announced, LockPurpose purpose, RowSwap rows) {
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
