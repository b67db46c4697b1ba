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
 * @param before what of it was done before it was last resumed
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
    BatchPace pace,
    Before before) {

  /**
   * Where a run stood when it was last resumed: at what pace it came there says nothing about what
   * is left.
   *
   * @param done how many entries had their outcome
   * @param elapsedMillis time at work, without pauses
   */
  public record Before(int done, long elapsedMillis) {
    /** The beginning of a run. */
    public static final Before NOTHING = new Before(0, 0);
  }

  /** How many entries ended in this outcome. */
  public int count(EntryState outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** Entries per second since it was started or last resumed; 0 before the first. */
  public double perSecond() {
    long elapsed = elapsedMillis - before.elapsedMillis();
    return elapsed <= 0 ? 0 : (done - before.done()) * 1000.0 / elapsed;
  }

  /** Milliseconds left at that rate; empty before the first entry is done. */
  public OptionalLong leftMillis() {
    double perSecond = perSecond();
    return perSecond <= 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(1000 * (selected - done) / perSecond));
  }
}
