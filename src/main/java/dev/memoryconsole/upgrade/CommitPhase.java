package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.PatchReport;
import dev.memoryconsole.store.PatchResult;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Phase 2: one thread, one batch, one lock. */
final class CommitPhase {
  private static final Logger LOG = LoggerFactory.getLogger(CommitPhase.class);
  private static final long POLL_MILLIS = 20;
  private static final int MOST_ATTEMPTS = 4;

  private final UpgradeRun run;
  private final EnrichPhase enrichment;
  private final Preconditions preconditions;
  private final List<Candidate> waiting = new ArrayList<>();
  private int batches;

  CommitPhase(UpgradeRun run, EnrichPhase enrichment, Preconditions preconditions) {
    this.run = run;
    this.enrichment = enrichment;
    this.preconditions = preconditions;
  }

  /** Commits batches until every entry has its outcome or the run is stopped. */
  void commitAll() throws InterruptedException {
    while (run.remaining() > 0 && !run.isStopping()) {
      run.awaitResumed();
      if (isDue()) {
        if (!run.isStopping()) {
          List<Candidate> batch = new ArrayList<>(waiting);
          waiting.clear();
          commit(batch);
        }
      } else {
        Candidate next = enrichment.poll(POLL_MILLIS);
        if (next != null) {
          waiting.add(next);
        }
      }
    }
  }

  /** A batch is due when it is full, or when nothing more can come to fill it. */
  private boolean isDue() {
    return !waiting.isEmpty()
        && (waiting.size() >= run.options().batchSize() || waiting.size() == run.remaining());
  }

  private void commit(List<Candidate> batch) throws InterruptedException {
    BatchWork work =
        new BatchWork(batch, preconditions, run.journal(), run.id(), run.clock().millis());
    LockPurpose purpose = new LockPurpose(LockPurpose.Kind.UPGRADE, run.id(), ++batches);
    try {
      PatchReport report =
          run.store().patch(batch.stream().map(Candidate::id).toList(), work, purpose);
      settleAll(batch, report, work);
    } catch (StoreException e) {
      giveUp(batch);
      afterFailure(batch, work, e);
    }
  }

  /** What was written first: nothing that fails later may keep it from its outcome. */
  private void settleAll(List<Candidate> batch, PatchReport report, BatchWork work) {
    List<Candidate> others = new ArrayList<>();
    for (Candidate candidate : batch) {
      if (candidate.state() == EntryState.COMMITTING) {
        settle(candidate, report, work);
      } else {
        others.add(candidate);
      }
    }
    others.forEach(candidate -> settle(candidate, report, work));
  }

  private void settle(Candidate candidate, PatchReport report, BatchWork work) {
    settle(
        candidate,
        Objects.requireNonNull(report.results().get(candidate.id()), "no answer for an id"),
        work);
  }

  /** Nothing of the batch was written: its entries are what they were before it. */
  private void giveUp(List<Candidate> batch) {
    for (Candidate candidate : batch) {
      if (candidate.state() == EntryState.COMMITTING) {
        candidate.go(EntryState.ENRICHED);
        run.append(EntryChange.givenUp(candidate.position()));
      }
    }
  }

  private void afterFailure(List<Candidate> batch, BatchWork work, StoreException failure)
      throws InterruptedException {
    if (work.journalFailure().isPresent()) {
      run.interrupt(Problems.sentence(work.journalFailure().get()));
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
      for (Candidate candidate : batch) {
        run.awaitResumed();
        if (!run.isStopping()) {
          commit(List.of(candidate));
        }
      }
    }
  }

  private void settle(Candidate candidate, PatchResult result, BatchWork work) {
    switch (result) {
      case PatchResult.Written _ -> {
        PhaseOne enriched = Objects.requireNonNull(candidate.result());
        run.finish(
            candidate,
            enriched.error() == null ? EntryState.UPGRADED : EntryState.FALLBACK,
            enriched.reason());
      }
      case PatchResult.Kept _ -> settle(candidate, work.verdict(candidate.id()));
      case PatchResult.Missing _ -> {
        if (candidate.missedAgain()) {
          run.finish(candidate, EntryState.SKIPPED, "It was deleted; there is nothing to upgrade.");
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
      case BatchWork.Verdict.Skip(String reason) ->
          run.finish(candidate, EntryState.SKIPPED, reason);
      case BatchWork.Verdict.Stale stale -> {
        if (candidate.attempt() < MOST_ATTEMPTS) {
          enrichment.again(candidate, stale.current());
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
}
