package dev.memoryconsole.upgrade;

import dev.memoryconsole.memory.MemoryEntry;
import org.jspecify.annotations.Nullable;

/** Is told of each entry of a {@link PlannedRun} while it is looked at. */
public interface PlanReader {
  /** Wants to know nothing. */
  PlanReader NONE = (read, sent) -> true;

  /**
   * Takes note of one entry.
   *
   * @param read how many of the run's entries were looked at so far, with this one
   * @param sent the entry, if its text would be sent to a model; null if it needs no call
   * @return false to look at no more: the rest stays in the plan as it is
   */
  boolean next(long read, @Nullable MemoryEntry sent);
}
