package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalBusyException;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.mend.MendCode;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.CandidateSource;
import dev.memoryconsole.upgrade.engine.run.ErrorSentence;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the entries of a batch what came of it: their outcome, or another turn. For the thread that
 * commits.
 */
final class BatchOutcomes {
  private static final Logger LOG = LoggerFactory.getLogger(BatchOutcomes.class);
  private static final int MOST_ATTEMPTS = 4;
  private static final int MOST_UNCLEAR = 3;
  private static final int MOST_OUTDATED = 20;

  private final RunControl run;
  private final CandidateSource source;
  private final BatchQueue waiting;
  // Nobody waits for the journal under the store's lock.
  private final Backoff journalIsBusy = new Backoff();

  BatchOutcomes(RunControl run, CandidateSource source, BatchQueue waiting) {
    this.run = run;
    this.source = source;
    this.waiting = waiting;
  }

  /** Waits for a while if the last batch was given up because the journal was busy. */
  void awaitJournal() throws InterruptedException {
    journalIsBusy.await();
  }

  /** Settles a batch that the store has answered; what was written first. */
  void settle(List<Candidate> batch, Map<String, PatchResult> results, AnnouncedBatch done) {
    journalIsBusy.succeeded();
    // Nothing that fails later may keep a written entry from its outcome.
    List<Candidate> others = new ArrayList<>();
    for (Candidate candidate : batch) {
      if (result(candidate, results) instanceof PatchResult.Written) {
        finish(candidate, done.written(candidate));
      } else {
        others.add(candidate);
      }
    }
    giveUp(others);
    for (int from = 0; from < others.size(); ) {
      List<Candidate> unit = others.get(from).unit();
      int to = from + 1;
      while (to < others.size() && unit.contains(others.get(to))) {
        to++;
      }
      settleUnit(others.subList(from, to), results, done);
      from = to;
    }
  }

  /** What is written together has another turn together. */
  private void settleUnit(
      List<Candidate> unit, Map<String, PatchResult> results, AnnouncedBatch done) {
    Map<Candidate, Verdict> verdicts = new LinkedHashMap<>();
    unit.forEach(
        candidate -> verdicts.put(candidate, verdict(candidate, result(candidate, results), done)));
    if (verdicts.values().stream().anyMatch(Verdict.Unannounced.class::isInstance)) {
      unit.forEach(waiting::add);
      return;
    }
    boolean failed =
        verdicts.values().stream()
            .anyMatch(
                verdict ->
                    verdict instanceof Verdict.Over over && over.outcome() == EntryState.FAILED);
    verdicts.forEach((candidate, verdict) -> settle(candidate, verdict, failed));
  }

  private static PatchResult result(Candidate candidate, Map<String, PatchResult> results) {
    return Objects.requireNonNull(results.get(candidate.id()), "no answer for an id");
  }

  private static Verdict verdict(Candidate candidate, PatchResult result, AnnouncedBatch done) {
    return switch (result) {
      case PatchResult.Written _ -> throw new IllegalStateException("settled before");
      case PatchResult.Kept _ -> {
        Verdict verdict = done.verdict(candidate.id());
        yield verdict instanceof Verdict.Unannounced ? announcedAnew(candidate) : verdict;
      }
      case PatchResult.Missing _ -> missing(candidate, done);
      case PatchResult.Outdated _ -> announcedAnew(candidate);
      case PatchResult.Duplicate(int rows) -> failed(UpgradeCode.DUPLICATE_ID.with(rows));
      case PatchResult.Unwritable(Message reason) ->
          failed(UpgradeCode.ROW_UNREADABLE.with(reason));
    };
  }

  private static Verdict announcedAnew(Candidate candidate) {
    return candidate.outdated() < MOST_OUTDATED
        ? new Verdict.Unannounced()
        : failed(MendCode.KEEPS_CHANGING.with());
  }

  private static Verdict failed(Message reason) {
    return new Verdict.Over(EntryState.FAILED, reason);
  }

  private static Verdict missing(Candidate candidate, AnnouncedBatch done) {
    Verdict.Over over = candidate.missedAgain() ? done.missing(candidate) : null;
    if (over != null) {
      return over;
    }
    if (candidate.isRecovered() && done.isReturned(candidate)) {
      // It was not put back; that is announced anew.
      candidate.giveUp();
    }
    return new Verdict.Unannounced();
  }

  private void settle(Candidate candidate, Verdict verdict, boolean failed) {
    switch (verdict) {
      case Verdict.Write _, Verdict.Unannounced _ ->
          throw new IllegalStateException("kept, though it was to be written");
      case Verdict.Over over -> finish(candidate, over);
      case Verdict.HeldBack _ ->
          finish(
              candidate,
              failed ? EntryState.FAILED : EntryState.SKIPPED,
              MendCode.NOT_ALONE.with());
      case Verdict.Stale stale -> {
        if (candidate.attempt() < MOST_ATTEMPTS) {
          source.again(candidate, stale.current());
        } else {
          finish(candidate, EntryState.STALE, UpgradeCode.TEXT_KEEPS_CHANGING.with(MOST_ATTEMPTS));
        }
      }
    }
  }

  private void finish(Candidate candidate, Verdict.Over over) {
    finish(candidate, over.outcome(), over.reason());
  }

  private void finish(Candidate candidate, EntryState outcome, Message reason) {
    run.ledger().finish(candidate, outcome, reason);
  }

  /** Takes entries that were not written back to what they were before the batch. */
  void giveUp(List<Candidate> batch) {
    for (Candidate candidate : batch) {
      if (candidate.state() == EntryState.COMMITTING && !candidate.isRecovered()) {
        candidate.giveUp();
        run.ledger().append(EntryChange.givenUp(candidate.position(), candidate.state()));
      }
    }
  }

  /** Has entries that were not written wait for another turn, before all others. */
  void putBack(List<Candidate> batch) {
    giveUp(batch);
    waiting.putBack(batch);
  }

  /**
   * Has the rows of a commit that was not confirmed come up again first: only they can tell whether
   * they were written, and until then what was announced of them stays in the journal.
   */
  void unknown(List<Candidate> batch, OutcomeUnknownException failure) {
    LOG.warn("It is not known whether {} rows were written", batch.size(), failure);
    List<Candidate> unclear =
        batch.stream().filter(candidate -> candidate.state() == EntryState.COMMITTING).toList();
    // An undo keeps what the other run wrote.
    Map<String, EntryProgress> announced =
        run.kind() == RunKind.UNDO
            ? Map.of()
            : run.ledger().kept(unclear.stream().map(Candidate::id).toList()).stream()
                .collect(Collectors.toMap(EntryProgress::id, Function.identity()));
    boolean again = true;
    for (Candidate candidate : unclear) {
      again &= candidate.unclear(announced.get(candidate.id())) < MOST_UNCLEAR;
    }
    if (again) {
      waiting.putBack(batch);
    } else {
      // What stays announced is looked at when the run is resumed.
      run.stop().interrupt(ErrorSentence.of(failure));
    }
  }

  /** Gives a batch up that could not be written: it is tried again, or the run can't go on. */
  void failed(List<Candidate> batch, AnnouncedBatch failed, StoreException failure) {
    giveUp(batch);
    JournalException journal = failed.journalFailure().orElse(null);
    if (journal instanceof JournalBusyException) {
      LOG.debug("The journal is busy, {} entries wait for their turn again", batch.size(), failure);
      journalIsBusy.failed();
      waiting.putBack(batch);
    } else if (journal != null) {
      run.stop().interrupt(ErrorSentence.of(journal));
    } else if (failure instanceof StoreUnavailableException) {
      LOG.error("The store can't be written", failure);
      run.stop().interrupt(ErrorSentence.of(failure));
    } else if (batch.getFirst().unit().containsAll(batch)) {
      failedAlone(batch, failure);
    } else {
      LOG.warn("A batch of {} failed, each row is tried alone", batch.size(), failure);
      waiting.tryAlone(batch);
    }
  }

  /** Nothing is left to be tried with fewer of them. */
  private void failedAlone(List<Candidate> unit, StoreException failure) {
    List<Candidate> doubtful = unit.stream().filter(Candidate::isRecovered).toList();
    if (doubtful.isEmpty()) {
      LOG.error("{} could not be written", unit.getFirst().id(), failure);
      Message reason = UpgradeCode.NOT_WRITTEN.with(ErrorSentence.of(failure));
      unit.forEach(candidate -> finish(candidate, EntryState.FAILED, reason));
      return;
    }
    // Their rows may well be written: nobody has looked yet, and only that can tell.
    LOG.warn("{} could not be looked at", doubtful.getFirst().id(), failure);
    boolean again = true;
    for (Candidate candidate : doubtful) {
      again &= candidate.unclear(null) < MOST_UNCLEAR;
    }
    if (again) {
      waiting.tryAlone(unit);
    } else {
      run.stop().interrupt(ErrorSentence.of(failure));
    }
  }
}
