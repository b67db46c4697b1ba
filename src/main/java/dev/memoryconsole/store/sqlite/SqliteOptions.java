package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.store.sqlite.snapshot.SafetyCopy;
import dev.memoryconsole.store.sqlite.write.Opening;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a store in a SQLite file behaves.
 *
 * @param lockPatience how long to wait for the write lock before giving up
 * @param clock tells when a lock was acquired
 * @param courteous whether the lock is left to other programs for a while after each hold, as long
 *     as they write
 * @param safetyCopyLimit how long others may be kept waiting while what they wrote in the last
 *     moments before a restore is added to its safety copy
 */
public record SqliteOptions(
    Duration lockPatience, InstantSource clock, boolean courteous, Duration safetyCopyLimit) {
  /** Half a minute of patience and the system's clock. */
  public static final SqliteOptions DEFAULT =
      new SqliteOptions(Duration.ofSeconds(30), InstantSource.system());

  /** Leaves the lock to others, with the usual limit. */
  public SqliteOptions(Duration lockPatience, InstantSource clock) {
    this(lockPatience, clock, true, SafetyCopy.LIMIT);
  }

  /** Returns a copy that takes the lock whenever it is free. */
  public SqliteOptions withoutCourtesy() {
    return new SqliteOptions(lockPatience, clock, false, safetyCopyLimit);
  }

  Opening opening() {
    return new Opening(lockPatience, courteous);
  }
}
