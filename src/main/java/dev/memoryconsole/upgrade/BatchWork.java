package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.BatchPatch;
import dev.memoryconsole.store.RowWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one batch while the store's lock is held: a decision on each re-read row, and the
 * journal's before-images.
 */
abstract class BatchWork implements BatchPatch {
  /** What is known about a row of the batch that is not written. */
  sealed interface Verdict {
    /** There is nothing to do, or it was done before. */
    record Over(EntryState outcome, String reason) implements Verdict {}

    /** The row has another text than the one enriched. */
    record Stale(MemoryEntry current) implements Verdict {}

    /** There is nothing to do. */
    static Over skip(String reason) {
      return new Over(EntryState.SKIPPED, reason);
    }
  }

  private final Map<String, Candidate> batch = new HashMap<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final UpgradeRun run;
  private @Nullable JournalException journalFailure;

  BatchWork(List<Candidate> candidates, UpgradeRun run) {
    candidates.forEach(candidate -> batch.put(candidate.id(), candidate));
    this.run = run;
  }

  /** The change of a row, or null after a {@link #leave}. */
  abstract @Nullable RowWrite decide(Candidate candidate, MemoryEntry current);

  /** The marker's time; null if the write leaves no marker. */
  abstract @Nullable Long markedAt();

  /** What an entry has become when its write took effect. */
  abstract Verdict.Over written(Candidate candidate);

  @Override
  public final @Nullable RowWrite writeFor(MemoryEntry current) {
    Candidate candidate = candidate(current.id());
    RowWrite write = decide(candidate, current);
    if (candidate.isRecovered() && !(verdicts.get(current.id()) instanceof Verdict.Over)) {
      // The run was stopped between the announcement and the write.
      candidate.giveUp();
    }
    return write;
  }

  /** Leaves a row as it is. */
  final @Nullable RowWrite leave(Candidate candidate, Verdict verdict) {
    verdicts.put(candidate.id(), verdict);
    return null;
  }

  @Override
  public final void beforeCommit(List<RowWrite> writes) {
    List<EntryChange> changes = new ArrayList<>(writes.size());
    for (RowWrite write : writes) {
      Candidate candidate = candidate(write.before().id());
      candidate.announce();
      changes.add(
          EntryChange.committing(
              candidate.position(),
              markedAt(),
              new EntryChange.Image(write.before().metadata(), write.metadata())));
    }
    try {
      run.journal().writeOnly(run.id(), changes);
    } catch (JournalException e) {
      journalFailure = e;
      throw e;
    }
  }

  /** Why a row was left as it is. */
  final Verdict verdict(String id) {
    Verdict verdict = verdicts.get(id);
    if (verdict == null) {
      throw new IllegalStateException("no verdict on " + id);
    }
    return verdict;
  }

  /** The journal's failure that gave the batch up, if it was that. */
  final Optional<JournalException> journalFailure() {
    return Optional.ofNullable(journalFailure);
  }

  private Candidate candidate(String id) {
    Candidate candidate = batch.get(id);
    if (candidate == null) {
      throw new IllegalStateException(id + " is not in this batch");
    }
    return candidate;
  }
}
