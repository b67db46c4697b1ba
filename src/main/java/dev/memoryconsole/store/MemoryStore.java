package dev.memoryconsole.store;

import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.facet.Facets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A store of memories that others read and write at the same time. Every method may be called from
 * any thread; none may be called from the user interface's thread, because all of them touch the
 * disk.
 *
 * <p>What only some stores can do is an interface of its own, which the others don't implement:
 * {@link dev.memoryconsole.store.insert.RowInsertion}, {@link
 * dev.memoryconsole.store.batch.RowSwap}, {@link Restorable}, {@link TellsLockOwner}, {@link
 * HasOwnLock}.
 *
 * <p>Every failure of the engine below is a {@link StoreException} whose message is one sentence
 * for the admin.
 */
public interface MemoryStore extends AutoCloseable {
  /** Where the store is; canonical. */
  StoreLocation location();

  /**
   * Whether a location is one of this store's names, or the place of a file that has replaced it
   * since.
   */
  default boolean isAt(StoreLocation place) {
    return place.canonical().equals(location());
  }

  /** The store's kind for the admin's eyes, for example {@code SQLite}. */
  String kind();

  /**
   * How long to wait after a commit before looking whether it stayed, because another program may
   * write back an older copy of a row without re-reading it under the lock. Zero where nobody does
   * that.
   */
  default Duration settling() {
    return Duration.ZERO;
  }

  /**
   * How long after a run's end to look again whether what it wrote stayed, in rising order: what is
   * in place at the last of these looks can't be overwritten with an older copy any more. Empty
   * where nobody does that.
   */
  default List<Duration> laterLooks() {
    return List.of();
  }

  /** One page of the entries that match, in the query's order. Reads without the write lock. */
  List<MemoryEntry> page(EntryQuery query, int offset, int limit);

  /** The ids of the entries that match, in the query's order, at most {@code limit}. */
  List<String> ids(EntryQuery query, int limit);

  /**
   * Returns the ids of all entries that match now, in the query's order: what pages are read by
   * later on with {@link #find}, so that each costs the same wherever it is, and none moves because
   * of what is written meanwhile. The list may be read by one thread at a time.
   *
   * @param first how many entries make the beginning
   * @param onFirst is given the beginning as soon as it is known, which is long before the end
   *     where an index has the order; not called if fewer match. Called by this thread
   */
  default List<String> list(EntryQuery query, int first, Consumer<List<MemoryEntry>> onFirst) {
    return ids(query, Integer.MAX_VALUE);
  }

  /**
   * Returns what {@link #ids} does, but misses no entry because another program is just replacing
   * it by deleting and adding it. Takes the write lock where that is needed.
   *
   * @throws InterruptedException if interrupted while waiting for the lock
   */
  default List<String> inventory(EntryQuery query, int limit) throws InterruptedException {
    return ids(query, limit);
  }

  /**
   * Why nothing may be written to this store now: one sentence; empty if it may. Every write checks
   * that by itself; this is for asking before work begins that would be in vain.
   */
  default Optional<Message> writeRefusal() {
    return Optional.empty();
  }

  /** What the admin should know about the store before it is written, each one sentence. */
  default List<Message> remarks() {
    return List.of();
  }

  /**
   * Why what others write during a run may be lost: one sentence that the admin should hear before;
   * empty if nothing is in doubt. Nothing is refused because of it.
   */
  default Optional<Message> doubt() {
    return Optional.empty();
  }

  /** How many entries match. */
  long count(EntryQuery query);

  /** The rows with these ids; ids that are not there are left out, duplicates come twice. */
  List<MemoryEntry> find(Collection<String> ids);

  /**
   * Returns another number than before once anybody has committed anything: cheap to ask, and in
   * nobody's way. Always the same where the store can't tell.
   */
  default long changeMark() {
    return 0;
  }

  /**
   * Returns the versions of all memories now, which tell later what was written since; empty where
   * the store keeps none.
   */
  default Optional<Versions> versions() {
    return Optional.empty();
  }

  /** Totals by state, category and scope. */
  StoreStats stats();

  /**
   * About how many memories there are, if there are so many that {@link #stats} takes its time and
   * the store can tell without counting; empty otherwise. Quick.
   */
  default OptionalLong estimatedTotal() {
    return OptionalLong.empty();
  }

  /** What the store itself may still hold of memories that were deleted; empty if nothing. */
  default Optional<Message> remainsOfDeleted() {
    return Optional.empty();
  }

  /**
   * Whether totals and orders are kept beside the memories, so that neither {@link #stats} nor a
   * page in any order but by tier reads each of them. Without them an order by time or id may be
   * quick, and no other.
   */
  default boolean isIndexed() {
    return false;
  }

  /** What else is counted for an overview. Quick; each question to it is not. */
  Facets facets();

  /**
   * Finds out with no lock held what the store will have to know about these writes, so that {@link
   * #patch} holds the lock for a shorter time. No promise: a row that turns out to be another one
   * inside the lock is another write. Needed for a deletion alone, which gets the image of the
   * whole row: only so is it made, and can be told to a journal before.
   *
   * @param writes on rows as they are now
   * @return the same writes in the same order, to be given to {@code patch}; a deletion has no
   *     image if its row is not there, or doubled
   */
  List<RowWrite> foresee(List<RowWrite> writes);

  /**
   * Changes the metadata of some rows, and other columns where that is asked for, deletes rows and
   * puts them back, under <em>one</em> acquisition of the write lock: lock, re-read each row, ask
   * {@code patch} what to write, tell it what will be written, write all, release. Either all the
   * writes of the batch take effect or none does.
   *
   * @param ids the rows, without repetitions
   * @param purpose what the lock is for, for its record
   * @return an answer for every id; rows that could not be patched are answers, not exceptions
   * @throws OutcomeUnknownException if the batch may have been written whole: its commit was sent,
   *     and failed or was not answered; only the rows themselves can tell
   * @throws StoreException otherwise: nothing of the batch was written
   * @throws InterruptedException if interrupted while waiting for the lock; nothing was written
   */
  PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException;

  /** What is known of others that write to the store; quick, takes no lock. */
  default OtherWriters otherWriters() {
    return OtherWriters.UNKNOWN;
  }

  /**
   * Has the moments chosen at which the store's lock is taken, from now on and by everybody in this
   * process who is in no hurry.
   */
  default void pacedBy(LockPacing pacing) {}

  /**
   * How long another program that finds the lock held waits before it looks again, at least; zero
   * where it is woken, and only who wants the same row waits at all.
   */
  default Duration othersLookAgain() {
    return Duration.ofMillis(1);
  }

  /**
   * Whether others share only the rows with us that are locked, and a server's processors and disk.
   */
  default boolean isOfAServer() {
    return othersLookAgain().isZero();
  }

  /** The longest hold of the lock, in milliseconds, that others hardly feel: batches aim below. */
  default int gentleHoldMillis() {
    return 50;
  }

  /** The record of every acquisition of this store's write lock by this process. */
  LockMetrics lockMetrics();

  /** Releases files and connections. A second call does nothing. */
  @Override
  void close();
}
