package dev.memoryconsole.journal;

import dev.memoryconsole.message.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the journal keeps of memories that runs deleted, so that they can be put back, and how it is
 * erased for good. Safe for use by many threads.
 */
public interface ErasureJournal {
  /**
   * Memories that runs deleted and that the journal keeps whole.
   *
   * @param ids their ids, each once
   * @param lastAt when the last of them was deleted, milliseconds since 1970; 0 if there is none
   */
  record Deleted(List<String> ids, long lastAt) {}

  /**
   * Finds what runs of a store deleted; also what is there again, which only the store can tell.
   *
   * @param runs only these; empty for all
   * @param before only what was deleted before this time, milliseconds since 1970
   */
  Deleted deleted(String store, Set<Long> runs, long before);

  /** The ids of a run's entries of which nothing is kept any more, in the run's order. */
  List<String> erased(long run);

  /**
   * Erases what all runs of a store have kept of these memories: the beginning of their texts,
   * enrichments, what was before and what was written, whole rows, reasons. That there was such an
   * entry, when, and what became of it stays. What still waits to be done with one of them is not
   * done any more.
   *
   * @return how many entries of runs it was
   * @throws RunInProgressException if a run of that store is at work, in whatever process; what was
   *     erased before stays so
   */
  int erase(String store, List<String> ids, long at);

  /**
   * Writes the journal anew without the space that is free in it, and empties its log, so that
   * nothing of what was erased is left in its files. Takes as long as its size asks for, and as
   * much room on the disk.
   *
   * @return why it could not be done wholly; empty if it was
   */
  Optional<Message> clean();
}
