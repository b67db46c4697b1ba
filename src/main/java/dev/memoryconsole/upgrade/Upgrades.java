package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.PlannedMend;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an admin can do with one open store: upgrade its memories, look after runs, take them back,
 * restore a snapshot, and see to the store's lock. Thread-safe.
 *
 * <p>Most methods touch the disk, and some wait for the store's lock, so the user interface's
 * thread stays away from them; {@link #store}, {@link #locks}, {@link #enricher} and {@link
 * #active} answer at once. A method that starts a run returns as soon as the run is recorded; the
 * run goes on in threads of its own.
 *
 * <p>One run of a store is at work at a time, over all processes. Whoever starts another gets an
 * {@link UpgradeException} if that run is this process's, and a {@link
 * dev.memoryconsole.journal.RunInProgressException} if it is another's; nothing was started then.
 */
public interface Upgrades extends AutoCloseable {
  /** The store itself. */
  MemoryStore store();

  /** What is known about the store's lock: who waited, who held. */
  LockLog locks();

  /**
   * How the holder of the store's lock file is doing; empty if nobody holds it, or if the store's
   * lock is the operating system's.
   *
   * @throws dev.memoryconsole.lock.LockException if that can't be told
   */
  Optional<LockCondition> lockCondition();

  /**
   * Tells who holds the store's lock right now, as far as the system tells; empty if nobody does.
   * For asking once, not for polling.
   *
   * @throws dev.memoryconsole.lock.LockException if that can't be told
   */
  Optional<LockOwner> lockOwner();

  /**
   * Removes the lock file of a holder that has given no sign of life for too long, and records
   * that. Ask the admin first: a holder that only stood still, and does not look before it writes,
   * may write at the same time as the next one. Watches the lock for some seconds first, whether
   * its holder gives a sign of life after all.
   *
   * @return what it was like
   * @throws UpgradeException if there is nothing to break or the holder is alive; nothing was
   *     changed
   * @throws InterruptedException if interrupted while watching; nothing was changed
   */
  LockCondition breakLock() throws InterruptedException;

  /**
   * Tells what a snapshot before a new run with these options takes; empty if none is taken, or one
   * takes hardly anything. A run for which there is no room is refused before anything is recorded.
   */
  Optional<SnapshotTaker.Room> snapshotRoom(UpgradeOptions options);

  /** What enriches: {@code simple}, or {@code llm:<model>}. */
  String enricher();

  /**
   * Tells which entries a run would take that did what was asked for, without looking at each: see
   * {@link #check}. Misses no entry that another program is just replacing, and takes the store's
   * lock where that needs it.
   *
   * @param scopes only entries of these scopes; empty for all. A retry of a run and a resume keep
   *     to the scopes of their run
   * @throws UpgradeException if there is no such run, or nothing may be written to this store
   */
  PlannedRun plan(RunRequest request, Set<String> scopes);

  /**
   * Does what {@link #plan} does without the store's lock, on a store that may not be written too:
   * for telling, not for starting a run.
   *
   * @throws UpgradeException if there is no such run
   */
  PlannedRun peek(RunRequest request, Set<String> scopes);

  /**
   * Looks at the entries of a plan one by one and leaves out those that the run would not enrich.
   * Gives up when its {@link dev.memoryconsole.cancel.Cancellation} says so.
   *
   * @param reader told of each entry
   */
  PlannedRun check(PlannedRun plan, PlanReader reader);

  /**
   * Starts what was planned: enriches those entries and no others.
   *
   * @throws UpgradeException if there is nothing to go on with, or a run of this store is still at
   *     work; nothing was started
   */
  RunHandle start(PlannedRun plan, UpgradeOptions options);

  /**
   * Starts an upgrade of the entries that match, at most {@code limit}; each gets an outcome, those
   * too for which there is nothing to do.
   *
   * @throws UpgradeException if a run of this store is still at work; nothing was started
   */
  RunHandle upgrade(EntryQuery selection, int limit, UpgradeOptions options);

  /**
   * Starts an upgrade of these entries, in this order; each gets an outcome, those too for which
   * there is nothing to do.
   *
   * @throws UpgradeException if a run of this store is still at work; nothing was started
   */
  RunHandle upgrade(List<String> ids, UpgradeOptions options);

  /**
   * Starts a mend: writes to each of these memories what is planned for it, where what was seen is
   * still so. Nothing is enriched.
   *
   * @throws UpgradeException if a run of this store is still at work; nothing was started
   */
  RunHandle mend(List<PlannedMend> mends, UpgradeOptions options);

  /**
   * Starts a retry of what fell back, failed or stayed stale in a run, and no later run has
   * upgraded or taken back.
   *
   * @throws UpgradeException if there is no such run or a run is still at work
   */
  default RunHandle retry(long run, UpgradeOptions options) {
    return start(plan(new RunRequest.Retry(run), Set.of()), options);
  }

  /**
   * Starts a retry of the whole store: every row that is marked {@code simple} or carries an {@code
   * upgrade_error}, whoever wrote it, and every entry whose last outcome is failed or stale.
   *
   * @throws UpgradeException if a run of this store is still at work
   */
  default RunHandle retryAll(UpgradeOptions options) {
    return start(plan(new RunRequest.RetryAll(), options.scopes()), options);
  }

  /**
   * Goes on with a run that was cancelled or interrupted, by a kill too: what was enriched is not
   * enriched again, what was committed is recognised by its marker. The run's own kind and scopes
   * stay.
   *
   * @throws UpgradeException if there is no such run, nothing is left of it to do, or a run is
   *     still at work
   */
  RunHandle resume(long run, UpgradeOptions options);

  /** The runs that can be resumed, newest first; interrupted ones before cancelled ones. */
  List<RunRecord> resumable();

  /**
   * Takes back what a run wrote, in all its entries or in these, keeping what others wrote since.
   * An undo is a run of its own and can itself be taken back.
   *
   * @param ids only these entries; empty for all
   * @throws UpgradeException if there is no such run, it wrote nothing to these, or a run is still
   *     at work
   */
  RunHandle undo(long run, Collection<String> ids, UpgradeOptions options);

  /**
   * Tells of which memories the journal keeps everything because runs deleted them, and that are
   * not there again.
   *
   * @param runs only what these deleted; empty for all
   * @param before only what was deleted before this time, milliseconds since 1970
   * @throws UpgradeException if there is no such run
   * @throws InterruptedException if interrupted; nothing was erased
   */
  Erasure.Plan planErasure(Set<Long> runs, long before) throws InterruptedException;

  /**
   * Erases for good what the journal keeps of these memories, in all runs of this store. What was
   * put back meanwhile is left alone. A deletion that was erased can't be taken back.
   *
   * @throws dev.memoryconsole.journal.RunInProgressException if a run of this store is at work
   * @throws InterruptedException if interrupted; what was erased before stays so
   */
  Erasure.Report erase(Erasure.Plan plan) throws InterruptedException;

  /**
   * Brings a snapshot back, as a run of its own: no other run of the store can begin meanwhile, in
   * whatever process. What earlier runs wrote is looked after no longer. It can't be undone or
   * resumed as other runs are; the safety copy takes it back.
   *
   * @throws UpgradeException if it was restored and that could not be recorded
   * @throws dev.memoryconsole.journal.JournalException if a run of this store is at work, or the
   *     journal can't be written; nothing was changed
   * @throws dev.memoryconsole.store.StoreException as {@link MemoryStore#restoreFrom}
   * @throws InterruptedException if interrupted in time; nothing was changed
   */
  void restore(RestorePlan plan, SnapshotProgress progress) throws InterruptedException;

  /**
   * Looks whether what runs wrote is still in place. Writes nothing to the store.
   *
   * @param run only this run; null for all
   * @throws UpgradeException if there is no such run
   * @throws InterruptedException if interrupted
   */
  VerifyReport verify(@Nullable Long run) throws InterruptedException;

  /**
   * Looks at the latest runs that are not settled: a write that had been waiting may have come
   * after they were verified. A run that is found in place when no such write can come any more
   * counts as settled and is not looked at again.
   *
   * @throws InterruptedException if interrupted
   */
  VerifyReport verifyUnsettled() throws InterruptedException;

  /**
   * When what is not settled yet is to be looked at again by {@link #verify}: at the times after a
   * run's end that its store names, for as long as somebody is there to do it; what is left then is
   * for the next opening.
   *
   * @return runs, and in how many milliseconds; those without such a look are left out
   */
  Map<Long, Long> laterLooks();

  /**
   * Takes a run up again that is over and makes those of its writes again that another program has
   * overwritten with an older copy, until all are in place.
   *
   * @throws UpgradeException if there is no such run, it was interrupted, or a run is still at work
   */
  RunHandle reapply(long run, UpgradeOptions options);

  /** The runs of this store that many consoles work on; empty if this kind of store has none. */
  Optional<TeamRuns> sharedRuns();

  /**
   * Writes a run down that many consoles are to work on, where all of them find it.
   *
   * @param terms what they may use of a model together
   * @return its id; nobody works on it before {@link #work}
   * @throws UpgradeException if this kind of store has no such runs
   */
  long share(PlannedRun plan, UpgradeOptions options, TeamTerms terms);

  /**
   * Works on a shared run, beside others, for as long as there are entries to take that nobody else
   * has. Stopping that is no end of the run: what is left is the others'.
   *
   * @throws UpgradeException if there is no such run, or if the enricher is not the run's
   */
  RunHandle work(long run, UpgradeOptions options);

  /** The run at work, if there is one. */
  Optional<RunHandle> active();

  /**
   * What an upgrade would do to one entry as it is given; nothing is written. A model that has
   * answered for this text already is not asked again, and its answer is what the next run writes.
   */
  UpgradePreview preview(MemoryEntry entry, UpgradeOptions options) throws InterruptedException;

  /** Does what {@link #preview} does where no model has to be asked for it; else empty. */
  Optional<UpgradePreview> previewed(MemoryEntry entry, UpgradeOptions options)
      throws InterruptedException;

  /** The latest runs of this store, newest first. */
  List<RunRecord> runs(int limit);

  /** One run of this store. */
  Optional<RunRecord> run(long run);

  /** Entries of a run in these states (empty for all), in the run's order. */
  List<EntryRecord> entries(long run, Set<EntryState> states, int offset, int limit);

  /**
   * Entries of a run that reached their outcome in a range of time, in the run's order: those of a
   * batch, from the time it was written to the time the next one was.
   *
   * @param fromMillis milliseconds since 1970
   * @param toMillis exclusive
   */
  List<EntryRecord> entriesFinished(long run, long fromMillis, long toMillis);

  /** What happened to one memory in all runs of this store, newest first. */
  List<EntryRecord> history(String id);

  /** The ids whose last outcome, over all runs of this store, is failed or stale. */
  Set<String> failedIds();

  /**
   * Cancels the run at work, waits for its end, and closes the store. A second call does nothing.
   */
  @Override
  void close();
}
