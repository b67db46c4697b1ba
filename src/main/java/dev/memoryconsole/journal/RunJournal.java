package dev.memoryconsole.journal;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.lock.figures.LockSummary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs of the journal. One run of a store is at work at a time, over all processes. Safe for
 * use by many threads.
 */
public interface RunJournal {
  /**
   * Records a run and its entries, all queued, owned by this process.
   *
   * @return its id; empty if the thread was interrupted before all was recorded: nothing is then
   * @throws RunInProgressException if a run of that store is at work, in whatever process; nothing
   *     was recorded
   */
  Optional<Long> start(RunPlan plan, long at);

  /**
   * Takes a stopped run over: it runs again, owned by this process, and what it left over is {@link
   * EntryJournal#left}. From now on whoever had it before is refused.
   *
   * @return false if it is no run of this store that was stopped
   * @throws RunInProgressException if a run of that store is at work, in whatever process
   */
  boolean reopen(String store, long run);

  /**
   * Takes a run that is over up again, owned by this process, to look after what it wrote.
   *
   * @return false if it is no run of this store that is over
   * @throws RunInProgressException if a run of that store is at work, in whatever process
   */
  boolean reopenToVerify(String store, long run);

  /** Ends this process's work on a run, whether or not the run's end could be recorded. */
  void release(long run);

  /**
   * Records where a run stands, behind all that was appended of its entries.
   *
   * @param finishedAt milliseconds since 1970; null while it is at work
   * @throws RunTakenOverException if the run is another process's by now
   */
  void update(
      long run,
      RunState state,
      long elapsedMillis,
      LockSummary lock,
      ModelUsage usage,
      @Nullable Long finishedAt);

  /**
   * Announces that a restore is about to take effect: from now on, whatever becomes of it, what the
   * store's runs wrote so far is not to be verified or written again. Safe from a power cut when it
   * returns.
   *
   * @param safetyCopy the name of the snapshot that holds what was there before; null to take the
   *     announcement back, because nothing took effect
   * @throws RunTakenOverException if the run is another process's by now
   */
  void restoring(long run, @Nullable String safetyCopy);

  /**
   * Records that what runs before a restore wrote is no longer looked after, as {@link #restoring}
   * has announced. What one of them writes later, when it is resumed, is.
   *
   * @throws RunTakenOverException if the restore is another process's by now
   */
  void endVerification(long restore);

  /**
   * Records how far it is known that a run's writes stayed.
   *
   * @throws RunTakenOverException if the run is another process's by now
   */
  void verified(long run, Verification verification);

  /** Records that nothing can overwrite the writes of a run any more; does so if it is over. */
  void settled(long run);

  /** The latest runs of a store, newest first. */
  List<RunRecord> latest(String store, int limit);

  /** The runs of a store that were interrupted or cancelled, newest first. */
  List<RunRecord> stopped(String store);

  /** One run of a store. */
  Optional<RunRecord> find(String store, long run);

  /**
   * The greatest marker ({@code upgraded_at}) that a run of the store has announced, milliseconds
   * since 1970; 0 if there is none.
   */
  long lastMarker(String store);
}
