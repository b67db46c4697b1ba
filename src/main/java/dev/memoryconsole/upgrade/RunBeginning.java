package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run begins with.
 *
 * @param id its id in the journal
 * @param ofRun the run that an undo takes back; null for what is no undo
 * @param candidates the entries without an outcome
 * @param counts the outcomes from before it was stopped
 * @param elapsedMillis its time at work before it was stopped
 * @param usage what it used of a model before it was stopped
 */
record RunBeginning(
    long id,
    RunKind kind,
    @Nullable Long ofRun,
    List<Candidate> candidates,
    Map<EntryState, Integer> counts,
    long elapsedMillis,
    ModelUsage usage) {
  /** Whether nothing was done yet. */
  boolean isFresh() {
    return counts.isEmpty()
        && candidates.stream().allMatch(candidate -> candidate.state() == EntryState.QUEUED);
  }
}
