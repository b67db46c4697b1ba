package dev.memoryconsole.store.lance;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a store in a LanceDB directory behaves.
 *
 * @param lockPatience how long to wait for the write lock before giving up
 * @param clock tells when a lock was acquired
 * @param nativeFolder where Lance's native library is unpacked and kept
 * @param otherLock asked before each write: a sentence if the plugin uses another lock than the
 *     lock directory, so that writing would not be safe
 */
public record LanceOptions(
    Duration lockPatience, Clock clock, Path nativeFolder, Supplier<Optional<String>> otherLock) {
  /** Half a minute of patience. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);
}
