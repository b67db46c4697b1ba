package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.store.BatchPatch;
import dev.memoryconsole.store.RowWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one batch while the store's lock is held: preconditions and merge on the re-read
 * row, and the journal's before-images.
 */
final class BatchWork implements BatchPatch {
  /** Why a row of the batch was not written. */
  sealed interface Verdict {
    /** There is nothing to do. */
    record Skip(String reason) implements Verdict {}

    /** The row has another text than the one enriched. */
    record Stale(MemoryEntry current) implements Verdict {}
  }

  private final Map<String, Candidate> batch = new HashMap<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final Preconditions preconditions;
  private final Journal journal;
  private final long run;
  private final long now;
  private @Nullable JournalException journalFailure;

  BatchWork(
      List<Candidate> candidates,
      Preconditions preconditions,
      Journal journal,
      long run,
      long now) {
    candidates.forEach(candidate -> batch.put(candidate.id(), candidate));
    this.preconditions = preconditions;
    this.journal = journal;
    this.run = run;
    this.now = now;
  }

  @Override
  public @Nullable String metadataFor(MemoryEntry current) {
    Candidate candidate = candidate(current.id());
    Optional<String> refusal = preconditions.refusal(current);
    if (refusal.isPresent()) {
      verdicts.put(current.id(), new Verdict.Skip(refusal.get()));
      return null;
    }
    PhaseOne result = candidate.result();
    if (result == null || !current.text().equals(candidate.text())) {
      verdicts.put(current.id(), new Verdict.Stale(current));
      return null;
    }
    return MetadataMerge.merge(current, result.enrichment(), result.marker(now));
  }

  @Override
  public void beforeCommit(List<RowWrite> writes) {
    List<EntryChange> changes = new ArrayList<>(writes.size());
    for (RowWrite write : writes) {
      Candidate candidate = candidate(write.before().id());
      candidate.go(EntryState.COMMITTING);
      changes.add(
          EntryChange.committing(
              candidate.position(),
              now,
              new EntryChange.Image(write.before().metadata(), write.metadata())));
    }
    try {
      journal.write(run, changes);
    } catch (JournalException e) {
      journalFailure = e;
      throw e;
    }
  }

  /** Why a row was left as it is. */
  Verdict verdict(String id) {
    Verdict verdict = verdicts.get(id);
    if (verdict == null) {
      throw new IllegalStateException("no verdict on " + id);
    }
    return verdict;
  }

  /** The journal's failure that gave the batch up, if it was that. */
  Optional<JournalException> journalFailure() {
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
