package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.upgrade.pace.BatchPace;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A run at one instant.
 *
 * @param run its id
 * @param selected how many entries it has
 * @param done how many of them have their outcome
 * @param counts how many ended in each outcome
 * @param elapsedMillis time at work, without pauses
 * @param lock its acquisitions of the lock so far
 * @param concurrency how many entries are enriched at once
 * @param activity what it is busy with, or waits for, until it is over
 * @param reapplied how many entries had to be written again because another program had overwritten
 *     them
 * @param verification how far it is known that its writes stayed
 * @param usage what it has used of a model so far
 * @param pace what its batches do, and why
 */
public record RunProgress(
    long run,
    RunKind kind,
    RunState state,
    int selected,
    int done,
    Map<EntryState, Integer> counts,
    long elapsedMillis,
    LockSummary lock,
    int concurrency,
    RunActivity activity,
    int reapplied,
    Verification verification,
    ModelUsage usage,
    BatchPace pace) {

  /** How many entries ended in this outcome. */
  public int count(EntryState outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** Milliseconds left at that rate; empty before the first entry is done. */
  public OptionalLong leftMillis() {
    return done == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round((double) elapsedMillis / done * (selected - done)));
  }
}
