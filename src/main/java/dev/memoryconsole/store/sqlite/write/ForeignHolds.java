package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.store.sqlite.connection.HolderFinder;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of other processes while we ask for SQLite's lock. SQLite tells neither who holds it
 * nor since when: a hold is seen from the first attempt that found it taken to the first that found
 * it free, 1 to 10 ms apart, and a write by the data version that it changed.
 *
 * <p>Not safe for use by many threads: the head of the queue for the lock uses it.
 */
final class ForeignHolds {
  private final LockMetrics metrics;
  private final InstantSource clock;
  private final HolderFinder finder;

  private LockHolder.Foreign who = LockHolder.Foreign.UNKNOWN;
  private @Nullable LiveAcquisition found;

  ForeignHolds(Path file, LockMetrics metrics, InstantSource clock) {
    this.finder = new HolderFinder(file);
    this.metrics = metrics;
    this.clock = clock;
  }

  /** An attempt found the lock taken. */
  void hold() {
    if (!metrics.isRecording()) {
      return;
    }
    LockHolder.Foreign now = finder.find();
    // Released since, or it can't be told: then it is who it was.
    boolean another = now.pid() != 0 && !now.equals(who);
    if (found != null && another) {
      gone();
    }
    if (found == null) {
      who = now;
      found = metrics.found(who);
    }
  }

  /** An attempt found the lock free. */
  void gone() {
    LiveAcquisition gone = found;
    if (gone != null) {
      found = null;
      gone.goneBy(who);
    }
  }

  /**
   * Nobody waits for the lock any more, and it is still taken. The hold is recorded as far as it
   * was seen, for its holder may never let go; whoever asks next sees the rest.
   *
   * @return who holds it, as far as that can be told
   */
  LockHolder.Foreign gaveUp() {
    LockHolder.Foreign now = finder.find();
    LockHolder.Foreign holder = now.pid() == 0 ? who : now;
    gone();
    return holder;
  }

  /** The data version has changed. Who wrote can't be told any more. */
  void wrote() {
    metrics.record(
        LockAcquisition.commitSeen(
            LockHolder.Foreign.UNKNOWN, LockAcquisition.microsOf(clock.instant())));
  }
}
