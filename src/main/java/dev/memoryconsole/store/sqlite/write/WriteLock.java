package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockAcquisition.Outcome;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.StoreLock;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.record.TimedHold;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.MessageCode;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The store's write lock: a queue of this process's threads, then SQLite's own lock ({@code BEGIN
 * IMMEDIATE}), which every other program takes too. One transaction per acquisition.
 *
 * <p>Safe for use by many threads. The queue is fair; SQLite's lock is polled, because its own
 * waiting can neither be interrupted nor spread. While other programs write, the lock is left to
 * them for as long as their pacing says.
 */
public final class WriteLock implements AutoCloseable {
  private static final long LEAST_PAUSE_NANOS = 1_000_000;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000;

  private final Path file;
  private final LockMetrics metrics;
  private final ReentrantLock queue = new ReentrantLock(true);
  private final Connection connection;
  // Guarded by the queue.
  private final WriteTransaction transaction;
  // Guarded by the queue, but for what it says anybody may ask.
  private final OtherPrograms others;
  private volatile long lastRelease = System.nanoTime();
  // Threads of this process that waited when the lock was released last.
  private volatile boolean queuedBehind;

  /** What takes SQLite's lock by itself, works and lets go; may say how many rows it wrote. */
  @FunctionalInterface
  public interface Whole {
    /**
     * Works, and returns the number of rows there are then.
     *
     * @throws SQLException busy if SQLite's lock is not free
     * @throws InterruptedException or any but an SQLException if the lock was had and let go again
     */
    int run() throws SQLException, InterruptedException;
  }

  WriteLock(
      Path file,
      Connection connection,
      InstantSource clock,
      LockMetrics metrics,
      Supplier<LockPacing> pacing) {
    this.file = file;
    this.connection = connection;
    this.metrics = metrics;
    this.transaction = new WriteTransaction(file, connection);
    this.others = new OtherPrograms(file, connection, clock, metrics, pacing);
  }

  /**
   * Runs {@code work} in one transaction under the lock.
   *
   * @param doing the work in words, to follow "Could not"
   * @return the acquisition
   * @throws StoreException if the lock could not be had in time, or the work or its commit failed;
   *     nothing was written
   */
  LockAcquisition hold(Opening opening, LockPurpose purpose, MessageCode doing, LockedWork work)
      throws InterruptedException {
    try (LiveAcquisition asking = metrics.asking(purpose)) {
      acquire(opening, asking, purpose, doing, transaction::begin);
      return complete(asking, doing, work);
    }
  }

  /** What is done just before the lock is taken, each time it is tried; false to give it up. */
  @FunctionalInterface
  public interface Before {
    /** Whether the lock is wanted. */
    boolean run() throws SQLException;
  }

  /**
   * Runs {@code work} under the lock, after {@code before} has found out without it what there is
   * to do.
   *
   * @return whether {@code before} wanted the lock
   */
  boolean holdAfter(
      Opening opening, LockPurpose purpose, MessageCode doing, Before before, LockedWork work)
      throws InterruptedException {
    boolean[] wanted = new boolean[1];
    try (LiveAcquisition asking = metrics.asking(purpose)) {
      acquire(
          opening,
          asking,
          purpose,
          doing,
          () -> {
            wanted[0] = before.run();
            if (wanted[0]) {
              transaction.begin();
            }
          });
      if (wanted[0]) {
        complete(asking, doing, work);
      } else {
        queue.unlock();
      }
      return wanted[0];
    }
  }

  /**
   * Lets {@code whole} take the place of everything in the store, as one acquisition. It is tried
   * until SQLite's lock is free.
   *
   * @param doing the work in words, to follow "Could not"
   * @throws StoreException if the lock could not be had in time, or the work failed; nothing was
   *     written
   * @throws InterruptedException if interrupted before the lock was had
   */
  LockAcquisition replace(Opening opening, LockPurpose purpose, MessageCode doing, Whole whole)
      throws InterruptedException {
    int[] rows = new int[1];
    try (LiveAcquisition asking = metrics.asking(purpose)) {
      acquire(
          opening,
          asking,
          purpose,
          doing,
          () -> {
            asking.acquired();
            try {
              rows[0] = whole.run();
            } catch (SQLException failure) {
              asking.missed();
              throw failure;
            } catch (InterruptedException | RuntimeException givenUp) {
              asking.ended(Outcome.ROLLED_BACK, 0);
              throw givenUp;
            }
          });
      try {
        return asking.ended(Outcome.RELEASED, rows[0]);
      } finally {
        lastRelease = System.nanoTime();
        others.weWroteElsewhere(lastRelease);
        queue.unlock();
      }
    }
  }

  private interface Attempt {
    void run() throws SQLException, InterruptedException;
  }

  /** When this process last released the lock ({@link System#nanoTime}); now if it holds it. */
  long lastRelease() {
    return queue.isLocked() ? System.nanoTime() : lastRelease;
  }

  /** Whether other programs have written lately. */
  boolean othersWrite() {
    return others.write();
  }

  /** What is known of the others, as of now if nobody of this process is at the lock. */
  OtherWriters others() {
    if (queue.tryLock()) {
      try {
        others.look();
      } finally {
        queue.unlock();
      }
    }
    return new OtherWriters(others.write(), others.waited() || queuedBehind);
  }

  /** Returns as the head of the queue and the holder of SQLite's lock. */
  private void acquire(
      Opening opening,
      LiveAcquisition asking,
      LockPurpose purpose,
      MessageCode doing,
      Attempt attempt)
      throws InterruptedException {
    long patience = opening.lockPatience().toNanos();
    while (true) {
      if (!queue.tryLock(patience, TimeUnit.NANOSECONDS)) {
        throw timedOut(asking, SqliteFailures.locked(file));
      }
      boolean held = false;
      long pause;
      try {
        pause = courteous(opening, purpose);
        if (pause == 0) {
          held = begin(opening, doing, attempt);
          if (!held && asking.waitedNanos() >= patience) {
            throw timedOut(asking, SqliteFailures.locked(file, others.gaveUp()));
          }
        }
      } finally {
        if (!held) {
          queue.unlock();
        }
      }
      if (held) {
        return;
      }
      if (opening.isClosing()) {
        throw SqliteFailures.closed(file);
      }
      // Not in the queue: who need not be so courteous may go first.
      if (pause > 0) {
        long before = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(pause);
        asking.leftToOthers(System.nanoTime() - before);
      } else {
        TimeUnit.NANOSECONDS.sleep(
            ThreadLocalRandom.current().nextLong(LEAST_PAUSE_NANOS, LONGEST_PAUSE_NANOS));
      }
    }
  }

  /** How long to leave the lock to others before trying for it, in nanoseconds. */
  private long courteous(Opening opening, LockPurpose purpose) {
    long now = others.look();
    // An import has its admin waiting before the screen.
    boolean inAHurry =
        purpose.kind() == LockPurpose.Kind.IMPORT || purpose.kind() == LockPurpose.Kind.RESTORE;
    return inAHurry || !opening.isCourteous() ? 0 : others.pauseNanos(now);
  }

  private boolean begin(Opening opening, MessageCode doing, Attempt attempt)
      throws InterruptedException {
    if (opening.isClosing()) {
      throw SqliteFailures.closed(file);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      attempt.run();
      others.haveLeftTheLock();
      return true;
    } catch (SQLException failure) {
      if (!SqliteFailures.isBusy(failure)) {
        throw SqliteFailures.of(file, doing, failure);
      }
      others.haveTheLock();
      return false;
    }
  }

  private LockAcquisition complete(LiveAcquisition asking, MessageCode doing, LockedWork work) {
    StoreLock.Held held =
        new TimedHold(asking, new OpenTransaction(System.nanoTime()), this::released);
    try (held) {
      held.wrote(transaction.complete(doing, work));
    }
    return held.event();
  }

  private void released(long from, long to) {
    lastRelease = to;
    others.weReleased(to, to - from);
    queuedBehind = queue.hasQueuedThreads();
    queue.unlock();
  }

  /**
   * SQLite's lock while its transaction is open: nobody can take it away, and it ends with that.
   */
  private record OpenTransaction(long since) implements LockLease {
    @Override
    public void check() {
      // It is ours until its transaction ends.
    }

    @Override
    public void release() {
      // Whoever ended the transaction has let go of it.
    }

    @Override
    public boolean isCompromised() {
      return false;
    }
  }

  private static StoreException timedOut(LiveAcquisition asking, Message sentence) {
    asking.ended(Outcome.TIMED_OUT, 0);
    return new StoreUnavailableException(sentence);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
