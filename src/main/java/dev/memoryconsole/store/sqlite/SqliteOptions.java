package dev.memoryconsole.store.sqlite;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a store in a SQLite file behaves.
 *
 * @param lockPatience how long to wait for the write lock before giving up
 * @param clock tells when a lock was acquired
 * @param courteous whether the lock is left to other programs for a while after each hold, as long
 *     as they write
 */
public record SqliteOptions(Duration lockPatience, InstantSource clock, boolean courteous) {
  /** Half a minute of patience and the system's clock. */
  public static final SqliteOptions DEFAULT =
      new SqliteOptions(Duration.ofSeconds(30), InstantSource.system(), true);

  /** Courteous. */
  public SqliteOptions(Duration lockPatience, InstantSource clock) {
    this(lockPatience, clock, true);
  }

  /** The same, taking the lock whenever it is free. */
  public SqliteOptions withoutCourtesy() {
    return new SqliteOptions(lockPatience, clock, false);
  }
}
