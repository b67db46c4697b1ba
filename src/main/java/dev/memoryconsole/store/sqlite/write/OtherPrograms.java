package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.store.sqlite.connection.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What other programs do at the lock, as far as that is seen while we ask for it. For the head of
 * the queue for the lock; {@link #write} and {@link #waited} for anybody.
 */
final class OtherPrograms {
  private final Connection connection;
  private final ForeignWrites writes;
  private final ForeignHolds holds;
  private volatile boolean write;
  private volatile boolean waited;

  OtherPrograms(
      Path file,
      Connection connection,
      InstantSource clock,
      LockMetrics metrics,
      Supplier<LockPacing> pacing) {
    this.connection = connection;
    this.writes = new ForeignWrites(System.nanoTime(), pacing);
    this.holds = new ForeignHolds(file, metrics, clock);
  }

  /** Looks whether somebody has written; returns when ({@link System#nanoTime}). */
  long look() {
    long now = System.nanoTime();
    if (writes.look(dataVersion(), now)) {
      holds.wrote();
    }
    write = writes.othersWrite(now);
    waited = writes.waited();
    return now;
  }

  private long dataVersion() {
    try {
      return Sql.number(connection, "PRAGMA data_version");
    } catch (SQLException busy) {
      return writes.dataVersion();
    }
  }

  /** Whether they have written lately. */
  boolean write() {
    return write;
  }

  /** Whether one of them seems to have waited during our last hold. */
  boolean waited() {
    return waited;
  }

  /** How long to leave the lock to them before trying for it, in nanoseconds. */
  long pauseNanos(long now) {
    return writes.pauseNanos(now);
  }

  /** Takes note that the lock was found taken. */
  void haveTheLock() {
    holds.hold();
  }

  /** Takes note that the lock was found free. */
  void haveLeftTheLock() {
    holds.gone();
  }

  /** Takes note that we wait no longer; returns who holds the lock, as far as that can be told. */
  LockHolder.Foreign gaveUp() {
    return holds.gaveUp();
  }

  /** Takes note of a release of ours. */
  void weReleased(long now, long holdNanos) {
    writes.released(now, holdNanos);
    waited = false;
  }

  /** Takes note of a write through another connection of ours: it is nobody else's. */
  void weWroteElsewhere(long now) {
    writes.ownWrite(dataVersion(), now);
  }
}
