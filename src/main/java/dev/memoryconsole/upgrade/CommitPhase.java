package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.PatchReport;
import dev.memoryconsole.store.PatchResult;
import dev.memoryconsole.store.RowSwap;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Phase 2: one thread, one batch, one lock; or one row at a time by compare-and-swap. */
final class CommitPhase {
  private static final Logger LOG = LoggerFactory.getLogger(CommitPhase.class);
  private static final long POLL_MILLIS = 20;
  private static final int MOST_ATTEMPTS = 4;

  private final UpgradeRun run;
  private final Source source;
  private final Function<List<Candidate>, BatchWork> work;
  private final BatchPlanner planner;
  private final @Nullable RowSwap swap;
  private final List<Candidate> waiting = new ArrayList<>();
  private long waitingSince;
  // Of a batch that failed: each is tried alone, so that one bad row costs only itself.
  private final Deque<Candidate> alone = new ArrayDeque<>();
  private int batches;

  CommitPhase(UpgradeRun run, Source source, Function<List<Candidate>, BatchWork> work) {
    this.run = run;
    this.source = source;
    this.work = work;
    this.planner = new BatchPlanner(run.options(), run.store(), System::nanoTime);
    this.swap =
        run.options().commit() == UpgradeOptions.CommitMode.CAS
            ? run.store().rowSwap().orElseThrow()
            : null;
  }

  /** What batches do now, and why. */
  BatchPace pace() {
    return planner.pace();
  }

  /** Commits batches until every entry has its outcome or the run is stopped. */
  void commitAll() throws InterruptedException {
    while (run.remaining() > 0 && !run.isStopping()) {
      try {
        run.awaitResumed();
        if (!run.isStopping()) {
          step();
        }
      } catch (InterruptedException e) {
        // A pause ends the waiting too; nothing was lost by it.
        if (run.isStopping()) {
          throw e;
        }
      }
    }
  }

  private void step() throws InterruptedException {
    if (!alone.isEmpty()) {
      commit(List.of(alone.removeFirst()));
    } else {
      int rows = planner.rows();
      if (!isDue(rows)) {
        await();
      } else if (planner.pauseNanos() > 0) {
        TimeUnit.NANOSECONDS.sleep(
            Math.min(planner.pauseNanos(), TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)));
      } else {
        List<Candidate> next = waiting.subList(0, Math.min(rows, waiting.size()));
        List<Candidate> batch = new ArrayList<>(next);
        next.clear();
        waitingSince = planner.now();
        commit(batch);
      }
    }
  }

  private void await() throws InterruptedException {
    Candidate next = source.poll(POLL_MILLIS);
    if (next != null) {
      waitingSince = waiting.isEmpty() ? planner.now() : waitingSince;
      waiting.add(next);
    }
  }

  /**
   * A batch is due when it is full, when nothing more can come to fill it, or when it has waited
   * long enough for that.
   */
  private boolean isDue(int rows) {
    return !waiting.isEmpty()
        && (waiting.size() >= rows
            || waiting.size() == run.remaining()
            || planner.isOverdue(waitingSince));
  }

  private void commit(List<Candidate> batch) throws InterruptedException {
    LockPurpose.Kind kind =
        run.kind() == RunKind.UNDO ? LockPurpose.Kind.UNDO : LockPurpose.Kind.UPGRADE;
    LockPurpose purpose = new LockPurpose(kind, run.id(), ++batches);
    BatchWork now = work.apply(batch);
    try {
      now.prepare();
      if (swap != null) {
        swapAll(batch, now, purpose, swap);
        return;
      }
      PatchReport report =
          run.store().patch(batch.stream().map(Candidate::id).toList(), now, purpose);
      planner.held(batch.size(), report.lock());
      settleAll(batch, report.results(), now);
    } catch (InterruptedException e) {
      // Nothing was written; the batch waits for its turn again.
      giveUp(batch);
      alone.addAll(batch.size() == 1 ? batch : List.of());
      waiting.addAll(0, batch.size() == 1 ? List.of() : batch);
      throw e;
    } catch (StoreException e) {
      giveUp(batch);
      afterFailure(batch, now, e);
    }
  }

  /** Each row by itself; one that can't be written costs only itself. */
  private void swapAll(List<Candidate> batch, BatchWork now, LockPurpose purpose, RowSwap rows)
      throws InterruptedException {
    for (int i = 0; i < batch.size(); i++) {
      Candidate candidate = batch.get(i);
      try {
        PatchResult result = rows.swap(candidate.id(), now, purpose);
        settleAll(List.of(candidate), Map.of(candidate.id(), result), now);
      } catch (InterruptedException e) {
        putBack(batch.subList(i, batch.size()));
        throw e;
      } catch (StoreException e) {
        putBack(batch.subList(i + 1, batch.size()));
        giveUp(List.of(candidate));
        afterFailure(List.of(candidate), now, e);
        return;
      }
    }
  }

  private void putBack(List<Candidate> left) {
    giveUp(left);
    waiting.addAll(0, left);
  }

  /** What was written first: nothing that fails later may keep it from its outcome. */
  private void settleAll(List<Candidate> batch, Map<String, PatchResult> results, BatchWork done) {
    List<Candidate> others = new ArrayList<>();
    for (Candidate candidate : batch) {
      if (result(candidate, results) instanceof PatchResult.Written) {
        finish(candidate, done.written(candidate));
      } else {
        others.add(candidate);
      }
    }
    giveUp(others);
    others.forEach(candidate -> settle(candidate, result(candidate, results), done));
  }

  private static PatchResult result(Candidate candidate, Map<String, PatchResult> results) {
    return Objects.requireNonNull(results.get(candidate.id()), "no answer for an id");
  }

  /** Nothing of these was written: they are what they were before the batch. */
  private void giveUp(List<Candidate> batch) {
    for (Candidate candidate : batch) {
      if (candidate.state() == EntryState.COMMITTING && !candidate.isRecovered()) {
        candidate.giveUp();
        run.append(EntryChange.givenUp(candidate.position(), candidate.state()));
      }
    }
  }

  private void afterFailure(List<Candidate> batch, BatchWork failed, StoreException failure) {
    if (failed.journalFailure().isPresent()) {
      run.interrupt(Problems.sentence(failed.journalFailure().get()));
    } else if (failure instanceof StoreUnavailableException) {
      LOG.error("The store can't be written", failure);
      run.interrupt(Problems.sentence(failure));
    } else if (batch.size() == 1) {
      LOG.error("{} could not be written", batch.getFirst().id(), failure);
      run.finish(
          batch.getFirst(),
          EntryState.FAILED,
          "It could not be written, the row is untouched: " + Problems.sentence(failure));
    } else {
      LOG.warn("A batch of {} failed, each row is tried alone", batch.size(), failure);
      alone.addAll(batch);
    }
  }

  private void settle(Candidate candidate, PatchResult result, BatchWork done) {
    switch (result) {
      case PatchResult.Written _ -> throw new IllegalStateException("settled before");
      case PatchResult.Kept _ -> settle(candidate, done.verdict(candidate.id()));
      case PatchResult.Missing _ -> {
        if (candidate.missedAgain()) {
          run.finish(candidate, EntryState.SKIPPED, "It was deleted; nothing was written.");
        } else {
          waiting.add(candidate);
        }
      }
      case PatchResult.Duplicate(int rows) ->
          run.finish(
              candidate,
              EntryState.FAILED,
              rows + " rows have this id; none was touched, remove the duplicates first.");
    }
  }

  private void settle(Candidate candidate, BatchWork.Verdict verdict) {
    switch (verdict) {
      case BatchWork.Verdict.Over over -> finish(candidate, over);
      case BatchWork.Verdict.Stale stale -> {
        if (candidate.attempt() < MOST_ATTEMPTS) {
          source.again(candidate, stale.current());
        } else {
          run.finish(
              candidate,
              EntryState.STALE,
              "Its text changed during every one of "
                  + MOST_ATTEMPTS
                  + " enrichments; the row is untouched, retry when the agent leaves it alone.");
        }
      }
    }
  }

  private void finish(Candidate candidate, BatchWork.Verdict.Over over) {
    run.finish(candidate, over.outcome(), over.reason());
  }
}
