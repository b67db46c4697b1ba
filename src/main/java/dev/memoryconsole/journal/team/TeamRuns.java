package dev.memoryconsole.journal.team;

import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunState;
import java.util.List;
import java.util.Optional;

/**
 * The runs of one store that many consoles work on. They are where the store is: whoever may write
 * the store can work on them, look at them and take them back. Safe for use by many threads and
 * many machines.
 */
public interface TeamRuns {
  /** The numbers of shared runs begin here; those of one machine's journal stay below. */
  long FIRST = 1_000_001;

  /** Whether a run is a shared one, as its number tells. */
  static boolean isShared(long run) {
    return run >= FIRST;
  }

  /**
   * Writes a run and its entries down, all queued; nobody works on it yet.
   *
   * @return its id
   * @throws dev.memoryconsole.journal.RunInProgressException if a run of this store has entries
   *     left that others work on
   */
  long share(RunPlan plan, TeamTerms terms, long at);

  /** The runs that have entries left and are neither paused nor cancelled, the oldest first. */
  List<TeamRun> open();

  /** One run. */
  Optional<TeamRun> find(long run);

  /**
   * Where a run stands for somebody who might work on it.
   *
   * @param wish what the admin wants: running, paused or cancelled
   * @param isFree whether there are entries to take
   * @param isOpen whether there are entries without an outcome
   */
  record Standing(RunState wish, boolean isFree, boolean isOpen) {}

  /** Where a run stands; cheap, for asking again and again. Empty if it is gone. */
  Optional<Standing> standing(long run);

  /** What a console is told of the run it works on; must not block. */
  interface Listener {
    /** It is still this console's part. */
    void beat();

    /** Whether all are to rest. */
    void pause(boolean resting);

    /** The run was cancelled, or the lease has run out. */
    void stop();
  }

  /** Takes part in a run, until the part is released. */
  TeamPart join(long run, Listener listener);

  /** Has all who work on a run rest, or go on; a run that was cancelled is open again then. */
  void pause(long run, boolean resting);

  /** Cancels a run: those who work on it stop, and what is not written is not any more. */
  void cancel(long run);
}
