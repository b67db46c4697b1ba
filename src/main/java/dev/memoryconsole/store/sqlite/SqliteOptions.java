package dev.memoryconsole.store.sqlite;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a store in a SQLite file behaves.
 *
 * @param lockPatience how long to wait for the write lock before giving up
 * @param clock tells when a lock was acquired
 */
public record SqliteOptions(Duration lockPatience, InstantSource clock) {
  /** Half a minute of patience and the system's clock. */
  public static final SqliteOptions DEFAULT =
      new SqliteOptions(Duration.ofSeconds(30), InstantSource.system());
}
