package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.upgrade.PlannedRun;
import org.jspecify.annotations.Nullable;

/** How far it is known what a run takes and needs. */
public sealed interface Counting {
  /** The plan, as far as it is known which entries are in it; null before. */
  @Nullable PlannedRun plan();

  /** The memories are being chosen. */
  record Choosing() implements Counting {
    @Override
    public @Nullable PlannedRun plan() {
      return null;
    }
  }

  /**
   * The memories are being read.
   *
   * @param total how many there are to read
   */
  record Reading(long read, long total, @Nullable PlannedRun plan) implements Counting {}

  /**
   * Done.
   *
   * @param estimate null if no model is asked, or the admin did not want to wait
   * @param snapshot what the snapshot before the run takes; null if none is taken
   */
  record Known(PlannedRun plan, @Nullable Estimate estimate, SnapshotTaker.@Nullable Room snapshot)
      implements Counting {}
}
