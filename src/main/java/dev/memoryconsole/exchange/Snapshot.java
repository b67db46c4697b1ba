package dev.memoryconsole.exchange;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A copy of a store as it once was.
 *
 * @param file the copy; a store of its own
 * @param takenAt when it was taken, to the millisecond
 * @param cause why it was taken
 * @param run the run it was taken before; 0 for none
 * @param bytes its size
 * @param kept whether what it is a copy of is still there, so that it can be restored: a snapshot
 *     of the plugin's live store is a version that the plugin removes some day
 */
public record Snapshot(
    Path file, Instant takenAt, Cause cause, long run, long bytes, boolean kept) {
  /** How the files end. */
  static final String ENDING = ".db";

  /** A copy that is complete in itself. */
  public Snapshot(Path file, Instant takenAt, Cause cause, long run, long bytes) {
    this(file, takenAt, cause, run, bytes, true);
  }

  /** Returns a copy that says whether the snapshot is still kept. */
  Snapshot withKept(boolean now) {
    return new Snapshot(file, takenAt, cause, run, bytes, now);
  }

  /** Why a snapshot was taken. */
  public enum Cause {
    /** A run was about to begin. */
    RUN,
    /** Somebody asked for it. */
    MANUAL,
    /** Another snapshot was about to be restored. */
    RESTORE
  }

  /** Whether it was taken before a time, in milliseconds since 1970. */
  public boolean isBefore(long millis) {
    return takenAt.toEpochMilli() < millis;
  }

  /** Its name, unique among the snapshots of its store. */
  public String name() {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ENDING.length());
  }
}
