package dev.memoryconsole.store.lance;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.lance.table.PluginFolder;
import dev.memoryconsole.store.lance.table.Shape;
import dev.memoryconsole.store.lance.table.TableCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known of the table's versions: which of them may be written upon, and whether others have
 * made one lately. Thread-safe, but {@link #seen} and {@link #made} are for the holder of the lock.
 */
final class KnownVersions {
  /** An agent writes when its user says something: much more seldom than other programs. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private final PluginFolder folder;
  private final Shape shape;
  private final Supplier<Optional<Message>> otherLock;
  private volatile long accepted = -1;
  private volatile long last = -1;
  private volatile long othersWroteAt;
  private volatile boolean othersWrote;

  /**
   * Knows none yet.
   *
   * @param otherLock says if the plugin uses another lock than the one that is taken here
   */
  KnownVersions(PluginFolder folder, Shape shape, Supplier<Optional<Message>> otherLock) {
    this.folder = folder;
    this.shape = shape;
    this.otherLock = otherLock;
  }

  /** Why nothing may be written upon a version now; empty if it may. */
  Optional<Message> refusal(long version) {
    return refusal().or(() -> TableCheck.writeRefusal(folder, version));
  }

  private Optional<Message> refusal() {
    return shape.writeRefusal(folder.root()).or(otherLock);
  }

  /** Refuses what may not be written whatever its version is. */
  void check() {
    refuse(refusal());
  }

  /** Refuses a version that may not be written upon. */
  void check(long version) {
    if (version != accepted) {
      refuse(TableCheck.writeRefusal(folder, version));
      accepted = version;
    }
  }

  private static void refuse(Optional<Message> refusal) {
    refusal.ifPresent(
        message -> {
          throw new StoreUnavailableException(message);
        });
  }

  /** Takes note of the latest version: one that is not ours was made by others. */
  void seen(long version) {
    if (last >= 0 && version != last) {
      othersWroteAt = System.nanoTime();
      othersWrote = true;
    }
    last = version;
  }

  /** Takes note of a version of ours: upon an accepted one it needs no second look. */
  void made(long version) {
    if (version == last + 1) {
      last = version;
    }
    if (version == accepted + 1) {
      accepted = version;
    }
  }

  /** What the versions tell of others. */
  OtherWriters others() {
    if (last < 0) {
      return OtherWriters.UNKNOWN;
    }
    boolean lately = othersWrote && System.nanoTime() - othersWroteAt < LATELY.toNanos();
    return new OtherWriters(lately, false);
  }
}
