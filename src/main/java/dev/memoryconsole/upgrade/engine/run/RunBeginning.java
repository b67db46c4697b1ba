package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run begins with.
 *
 * @param id its id in the journal
 * @param ofRun the run that an undo takes back; null for what is no undo
 * @param entries the entries without an outcome
 * @param counts the outcomes from before it was stopped
 * @param elapsedMillis its time at work before it was stopped
 * @param usage what it used of a model before it was stopped
 * @param verifyOnly the state to end in when a run that is over only looks after its writes; null
 *     for any other
 */
public record RunBeginning(
    long id,
    RunKind kind,
    @Nullable Long ofRun,
    OpenEntries entries,
    Map<EntryState, Integer> counts,
    long elapsedMillis,
    ModelUsage usage,
    @Nullable RunState verifyOnly) {
  /** Whether nothing was done yet. */
  public boolean isFresh() {
    return counts.isEmpty() && entries.isFresh();
  }
}
