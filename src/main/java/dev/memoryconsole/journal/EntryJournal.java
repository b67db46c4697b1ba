package dev.memoryconsole.journal;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The entries of runs: how far each has come, and what it was before and is now. A change is on
 * disk when {@link #write} returns; {@link #append} may keep it for a while, so that a fast run
 * costs few transactions. Safe for use by many threads.
 */
public interface EntryJournal {
  /**
   * Records a change. An outcome is on disk with the next {@link #write}, or when a good many
   * changes have come together; anything else with the next change of the same entry that is
   * written, before anything is read, or when very many have.
   */
  void append(long run, EntryChange change);

  /**
   * Records changes, each with all that was appended before of the same entry, and all outcomes
   * that were appended, in one transaction. They are safe, from a power cut too, when this returns.
   *
   * @throws RunTakenOverException if the run is another process's by now; nothing was written
   */
  void write(long run, List<EntryChange> changes);

  /**
   * Makes sure, for somebody who holds a store's lock and is about to write, that the run is still
   * this process's, and records changes of what was announced before with {@link #write}, without
   * those that were appended of other entries. Waits for nobody longer than a few milliseconds, and
   * not for the disk: a power cut may leave the announcement as it was before.
   *
   * @param changes may be empty
   * @throws RunTakenOverException if the run is another process's by now
   * @throws JournalBusyException if somebody else is writing to the journal; nothing was written
   */
  void confirm(long run, List<EntryChange> changes);

  /**
   * Does what {@link #confirm} does for entries that are written once more, which is counted; what
   * it recorded is safe from a power cut.
   */
  void confirmAgain(long run, List<EntryChange> changes);

  /** How many entries of a run are in these states. */
  int count(long run, Set<EntryState> states);

  /**
   * Entries without an outcome of a run that was taken, in the run's order: queued, enriched or
   * about to be written.
   *
   * @param afterPosition only those behind this place; negative for all
   */
  List<EntryProgress> left(long run, int afterPosition, int limit);

  /** The progress of these entries of a run, with their results. */
  List<EntryProgress> kept(long run, Collection<String> ids);

  /**
   * The progress of a mend's entries, with their plans and results, in the run's order.
   *
   * @param from the place of the first
   * @param to the place of the last
   */
  List<EntryProgress> planned(long run, int from, int to);

  /**
   * Entries that a run wrote and no later run of the store wrote again, in the run's order.
   *
   * @param afterPosition only those behind this place; negative for all
   */
  List<EntryProgress> written(String store, long run, int afterPosition, int limit);

  /**
   * Entries whose upgrade an undo took back and no later run of the store wrote again, in its
   * order.
   *
   * @param afterPosition only those behind this place; negative for all
   */
  List<EntryProgress> undone(String store, long run, int afterPosition, int limit);

  /**
   * The ids of a run's entries that it wrote, or was about to write, in the run's order; without
   * those of which nothing is kept any more.
   */
  List<String> writtenIds(long run);

  /**
   * Entries that a run which was stopped would go on with, in the run's order: queued, enriched or
   * about to be written, as they will be when it is taken up again. Those that a later run of the
   * store has upgraded are left out.
   *
   * @param afterPosition only those behind this place; negative for all
   */
  List<EntryProgress> leftOver(String store, long run, int afterPosition, int limit);

  /**
   * The ids of a run's entries that a retry takes, in the run's order: without those that a later
   * run of the store has upgraded or taken back.
   */
  List<String> retryableIds(String store, long run);

  /** The ids whose last final outcome, over all runs of a store, is failed or stale. */
  Set<String> failedIds(String store);

  /** Entries of a run in these states (empty for all), in the run's order. */
  List<EntryRecord> list(long run, Set<EntryState> states, int offset, int limit);

  /**
   * Entries at these places of a run, in the order of the places; without what was written, and
   * what was there before.
   */
  List<EntryRecord> at(long run, List<Integer> positions);

  /**
   * Entries of a run that reached their outcome in a range of time, in the run's order.
   *
   * @param fromMillis milliseconds since 1970
   * @param toMillis exclusive
   */
  List<EntryRecord> finished(long run, long fromMillis, long toMillis);

  /** What happened to one memory in all runs of a store, newest first. */
  List<EntryRecord> history(String store, String id);
}
