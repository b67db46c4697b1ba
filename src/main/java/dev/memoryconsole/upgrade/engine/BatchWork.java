package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.BatchPatch;
import dev.memoryconsole.store.RowWrite;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one batch: a decision on each row, and the journal's before-images.
 *
 * <p>Everything is decided on the row as re-read inside the lock. So that the lock is held for as
 * little as possible, the same is worked out just before on the row as it is then, and announced in
 * the journal; a row that is still the same inside the lock, to the last column, has the same
 * answer, and only for the others the work is done again there. What was not announced before is
 * not written: it waits for another turn.
 */
abstract class BatchWork implements BatchPatch {
  /** What is known about a row of the batch that is not written. */
  sealed interface Verdict {
    /** There is nothing to do, or it was done before. */
    record Over(EntryState outcome, String reason) implements Verdict {}

    /** The row has another text than the one enriched. */
    record Stale(MemoryEntry current) implements Verdict {}

    /** There is something to write that nobody could know of before the lock was had. */
    record Unannounced() implements Verdict {}

    /** There is nothing to do. */
    static Over skip(String reason) {
      return new Over(EntryState.SKIPPED, reason);
    }
  }

  private final Map<String, Candidate> batch = new HashMap<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final Map<String, RowWrite> prepared = new HashMap<>();
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

  /** Works out what it can before the lock is taken, and announces it in the journal. */
  final void prepare() {
    List<String> ids =
        batch.values().stream()
            .filter(candidate -> !candidate.isRecovered())
            .map(Candidate::id)
            .toList();
    Map<String, RowWrite> writes = new LinkedHashMap<>();
    for (MemoryEntry row : run.store().find(ids)) {
      Candidate candidate = candidate(row.id());
      RowWrite write = writes.containsKey(row.id()) ? null : decide(candidate, row);
      if (write != null) {
        writes.put(row.id(), write);
      }
    }
    verdicts.clear();
    List<EntryChange> changes = new ArrayList<>(writes.size());
    List<RowWrite> ready = List.copyOf(writes.values());
    // Only a batch has its writes foreseen: a swap leaves them to the triggers.
    boolean batched = run.options().commit() == UpgradeOptions.CommitMode.BATCH;
    for (RowWrite write : batched ? run.store().foresee(ready) : ready) {
      prepared.put(write.before().id(), write);
      candidate(write.before().id()).announce();
      changes.add(committing(write));
    }
    run.ledger().write(changes);
  }

  @Override
  public final @Nullable RowWrite writeFor(MemoryEntry current) {
    RowWrite ready = prepared.get(current.id());
    if (ready != null && ready.before().equals(current)) {
      return ready;
    }
    Candidate candidate = candidate(current.id());
    RowWrite write = decide(candidate, current);
    if (write != null && ready == null) {
      // An announcement that is safe from a power cut takes the disk's time: not under the lock.
      write = leave(candidate, new Verdict.Unannounced());
    }
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
    List<EntryChange> changes = new ArrayList<>();
    for (RowWrite write : writes) {
      if (!write.equals(prepared.get(write.before().id()))) {
        Candidate candidate = candidate(write.before().id());
        if (candidate.state() != EntryState.COMMITTING) {
          candidate.announce();
        }
        changes.add(committing(write));
      }
    }
    if (writes.isEmpty()) {
      return;
    }
    try {
      run.ledger().confirm(changes);
    } catch (JournalException e) {
      journalFailure = e;
      throw e;
    }
  }

  private EntryChange committing(RowWrite write) {
    return EntryChange.committing(
        candidate(write.before().id()).position(),
        markedAt(),
        new EntryChange.Image(write.before().metadata(), write.metadata()));
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
