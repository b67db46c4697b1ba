package dev.memoryconsole.store.lance;

import dev.memoryconsole.lock.AgreedLock;
import dev.memoryconsole.lock.lockfile.ProperLockfile;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.message.Message;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a store in a LanceDB directory behaves.
 *
 * @param lockPatience how long to wait for the write lock before giving up
 * @param clock tells when a lock was acquired
 * @param nativeFolder where Lance's native library is unpacked and kept
 * @param otherLock asked before each write: what to say if the plugin uses another lock than this
 *     store was opened with, so that writing would not be safe
 * @param doubt asked before work begins: what to say if it does not show that the plugin takes the
 *     lock that this store was opened with
 * @param looks how long after a run's end to look again whether what it wrote stayed
 * @param locks makes the lock that the plugin takes
 */
public record LanceOptions(
    Duration lockPatience,
    Clock clock,
    Path nativeFolder,
    Supplier<Optional<Message>> otherLock,
    Supplier<Optional<Message>> doubt,
    List<Duration> looks,
    Locks locks) {
  /** Makes a lock. */
  @FunctionalInterface
  public interface Locks {
    /**
     * Touches nothing yet.
     *
     * @param target the file that the lock directory is named after
     */
    AgreedLock open(Path target, LockMetrics metrics, Clock clock);
  }

  /** With the lock directory, which the plugin uses unless it was told otherwise. */
  public LanceOptions(
      Duration lockPatience,
      Clock clock,
      Path nativeFolder,
      Supplier<Optional<Message>> otherLock) {
    this(lockPatience, clock, nativeFolder, otherLock, Optional::empty, LOOKS, ProperLockfile::new);
  }

  /**
   * An agent's stale handle was seen to write its copy 20 s after a run was verified. The last is
   * longer than any plugin waits for the lock: it gives up after 181 s.
   */
  public static final List<Duration> LOOKS = List.of(Duration.ofSeconds(30), Duration.ofMinutes(4));

  /** Half a minute of patience. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);
}
