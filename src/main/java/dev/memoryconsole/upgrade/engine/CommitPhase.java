package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalBusyException;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.PatchReport;
import dev.memoryconsole.store.PatchResult;
import dev.memoryconsole.store.RowSwap;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.pace.BatchPace;
import dev.memoryconsole.upgrade.pace.BatchPlanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Phase 2: one batch, one lock, by one thread. While it writes a batch, another one prepares the
 * next.
 */
final class CommitPhase {
  private static final Logger LOG = LoggerFactory.getLogger(CommitPhase.class);
  private static final long POLL_MILLIS = 20;
  private static final int MOST_ATTEMPTS = 4;
  private static final int MOST_UNCLEAR = 3;
  // Who waits that long for the lock shares it with somebody busy.
  private static final long BUSY_NANOS = 5_000_000;

  private final UpgradeRun run;
  private final Source source;
  private final Function<List<Candidate>, BatchWork> work;
  private final BatchPlanner planner;
  private final @Nullable RowSwap swap;
  private final BatchQueue waiting;
  // Of a batch that failed: each is tried alone, so that one bad row costs only itself.
  private final Deque<Candidate> alone = new ArrayDeque<>();
  private final ExecutorService preparer;
  private @Nullable PreparedBatch next;
  private boolean lockIsBusy;
  // Nobody waits for the journal under the store's lock.
  private final Backoff journalIsBusy = new Backoff();
  private int batches;

  CommitPhase(UpgradeRun run, Source source, Function<List<Candidate>, BatchWork> work) {
    this.run = run;
    this.source = source;
    this.work = work;
    this.planner =
        new BatchPlanner(
            run.options().batching(),
            run.options().commit() == UpgradeOptions.CommitMode.CAS,
            run.store(),
            run.pacing(),
            System::nanoTime);
    this.waiting = new BatchQueue(run, source, planner);
    this.swap =
        run.options().commit() == UpgradeOptions.CommitMode.CAS
            ? run.store().rowSwap().orElseThrow()
            : null;
    this.preparer =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("run-" + run.id() + "-prepare").daemon().factory());
  }

  /** What batches do now, and why. */
  BatchPace pace() {
    return planner.pace();
  }

  /** Commits batches until every entry has its outcome or the run is stopped. */
  void commitAll() throws InterruptedException {
    try {
      while (run.remaining() > 0 && !run.isStopping()) {
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
    journalIsBusy.await();
    if (!alone.isEmpty()) {
      commit(later(List.of(alone.removeFirst())));
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
      commit(later(waiting.take(rows)));
    } else {
      next = null;
      commit(ready);
    }
  }

  private PreparedBatch later(List<Candidate> batch) {
    return PreparedBatch.later(batch, work.apply(batch));
  }

  /** Has the next batch prepared while this one is written. */
  private void prepareNext(PreparedBatch underWay) throws InterruptedException {
    // What is prepared long before its turn would only be decided anew, inside the lock, and what
    // becomes ready until then would not go along.
    if (next != null || lockIsBusy || planner.rests() || swap != null || !alone.isEmpty()) {
      return;
    }
    int rows = planner.rows();
    waiting.fill(rows);
    if (waiting.isDue(rows, underWay.entries().size())) {
      List<Candidate> batch = waiting.take(rows);
      next = PreparedBatch.by(preparer, batch, work.apply(batch));
    }
  }

  /** What was to be written next waits for its turn again. */
  private void giveUpNext() {
    PreparedBatch ahead = next;
    if (ahead != null) {
      next = null;
      ahead.awaitEnd();
      putBack(ahead.entries());
    }
  }

  private void commit(PreparedBatch batch) throws InterruptedException {
    LockPurpose.Kind kind =
        run.kind() == RunKind.UNDO ? LockPurpose.Kind.UNDO : LockPurpose.Kind.UPGRADE;
    LockPurpose purpose = new LockPurpose(kind, run.id(), ++batches);
    List<Candidate> entries = batch.entries();
    BatchWork now = batch.work();
    BatchCommit flight = BatchCommit.begun(purpose, entries.size());
    try {
      batch.await();
      if (swap != null) {
        flight.written(swapAll(entries, now, purpose, swap));
        return;
      }
      prepareNext(batch);
      long asked = System.nanoTime();
      PatchReport report =
          run.store().patch(entries.stream().map(Candidate::id).toList(), now, purpose);
      journalIsBusy.succeeded();
      flight.written(report.lock().rows());
      long held = report.lock().holdNanos();
      lockIsBusy = System.nanoTime() - asked - held > BUSY_NANOS;
      planner.held(entries.size(), report.lock());
      settleAll(entries, report.results(), now);
    } catch (InterruptedException e) {
      // Nothing was written; the batch waits for its turn again, and before the next.
      batch.awaitEnd();
      giveUpNext();
      giveUp(entries);
      alone.addAll(entries.size() == 1 ? entries : List.of());
      waiting.putBack(entries.size() == 1 ? List.of() : entries);
      throw e;
    } catch (OutcomeUnknownException e) {
      lookAgain(entries, e);
    } catch (StoreException e) {
      giveUp(entries);
      afterFailure(entries, now, e);
    } finally {
      flight.commit();
    }
  }

  /** Each row by itself; one that can't be written costs only itself. Answers how many were. */
  private int swapAll(List<Candidate> batch, BatchWork now, LockPurpose purpose, RowSwap rows) {
    int written = 0;
    for (int i = 0; i < batch.size(); i++) {
      Candidate candidate = batch.get(i);
      try {
        PatchResult result = rows.swap(candidate.id(), now, purpose);
        journalIsBusy.succeeded();
        settleAll(List.of(candidate), Map.of(candidate.id(), result), now);
        written += result instanceof PatchResult.Written ? 1 : 0;
      } catch (InterruptedException e) {
        putBack(batch.subList(i, batch.size()));
        // The rest of the batch is settled; what comes next ends by it.
        Thread.currentThread().interrupt();
        return written;
      } catch (OutcomeUnknownException e) {
        putBack(batch.subList(i + 1, batch.size()));
        lookAgain(List.of(candidate), e);
        return written;
      } catch (StoreException e) {
        putBack(batch.subList(i + 1, batch.size()));
        giveUp(List.of(candidate));
        afterFailure(List.of(candidate), now, e);
        return written;
      }
    }
    return written;
  }

  private void putBack(List<Candidate> left) {
    giveUp(left);
    waiting.putBack(left);
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
        run.ledger().append(EntryChange.givenUp(candidate.position(), candidate.state()));
      }
    }
  }

  /**
   * Whether these were written only their rows can tell, which come up again first: until then what
   * was announced of them stays in the journal.
   */
  private void lookAgain(List<Candidate> batch, OutcomeUnknownException failure) {
    LOG.warn("It is not known whether {} rows were written", batch.size(), failure);
    List<Candidate> unclear =
        batch.stream().filter(candidate -> candidate.state() == EntryState.COMMITTING).toList();
    // Of an undo, what is kept is what the other run wrote.
    Map<String, EntryProgress> announced =
        run.ofRun() != null
            ? Map.of()
            : run
                .journal()
                .entries()
                .kept(run.id(), unclear.stream().map(Candidate::id).toList())
                .stream()
                .collect(Collectors.toMap(EntryProgress::id, Function.identity()));
    boolean again = true;
    for (Candidate candidate : unclear) {
      again &= candidate.unclear(announced.get(candidate.id())) < MOST_UNCLEAR;
    }
    if (again) {
      waiting.putBack(batch);
    } else {
      // What stays announced is looked at when the run is resumed.
      run.interrupt(ErrorSentence.sentence(failure));
    }
  }

  private void afterFailure(List<Candidate> batch, BatchWork failed, StoreException failure) {
    if (failed.journalFailure().isPresent()
        && failed.journalFailure().get() instanceof JournalBusyException) {
      LOG.debug("The journal is busy, {} entries wait for their turn again", batch.size(), failure);
      journalIsBusy.failed();
      waiting.putBack(batch);
    } else if (failed.journalFailure().isPresent()) {
      run.interrupt(ErrorSentence.sentence(failed.journalFailure().get()));
    } else if (failure instanceof StoreUnavailableException) {
      LOG.error("The store can't be written", failure);
      run.interrupt(ErrorSentence.sentence(failure));
    } else if (batch.size() == 1) {
      LOG.error("{} could not be written", batch.getFirst().id(), failure);
      run.ledger()
          .finish(
              batch.getFirst(),
              EntryState.FAILED,
              "It could not be written, the row is untouched: " + ErrorSentence.sentence(failure));
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
          run.ledger()
              .finish(candidate, EntryState.SKIPPED, "It was deleted; nothing was written.");
        } else {
          waiting.add(candidate);
        }
      }
      case PatchResult.Duplicate(int rows) ->
          run.ledger()
              .finish(
                  candidate,
                  EntryState.FAILED,
                  rows + " rows have this id; none was touched, remove the duplicates first.");
      case PatchResult.Unwritable(String reason) ->
          run.ledger().finish(candidate, EntryState.FAILED, UnreadableRow.sentence(reason));
    }
  }

  private void settle(Candidate candidate, BatchWork.Verdict verdict) {
    switch (verdict) {
      case BatchWork.Verdict.Over over -> finish(candidate, over);
      case BatchWork.Verdict.Unannounced _ -> waiting.add(candidate);
      case BatchWork.Verdict.Stale stale -> {
        if (candidate.attempt() < MOST_ATTEMPTS) {
          source.again(candidate, stale.current());
        } else {
          run.ledger()
              .finish(
                  candidate,
                  EntryState.STALE,
                  "Its text changed during every one of "
                      + MOST_ATTEMPTS
                      + " enrichments; the row is untouched, retry when the agent leaves it"
                      + " alone.");
        }
      }
    }
  }

  private void finish(Candidate candidate, BatchWork.Verdict.Over over) {
    run.ledger().finish(candidate, over.outcome(), over.reason());
  }
}
