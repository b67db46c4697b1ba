package dev.memoryconsole.diff;

import org.jspecify.annotations.Nullable;

/**
 * One key of the metadata, before and after.
 *
 * @param key the key
 * @param before its value before the upgrade, as JSON; null if it was absent
 * @param written its value as the upgrade wrote it, as JSON; null if absent
 * @param now its value in the store now, as JSON; null if absent
 * @param kind what happened to it
 */
public record KeyDiff(
    String key,
    @Nullable String before,
    @Nullable String written,
    @Nullable String now,
    Kind kind) {
  /** What happened to a key. */
  public enum Kind {
    /** Added by the upgrade. */
    ADDED,
    /** Changed by the upgrade. */
    CHANGED,
    /** Removed by the upgrade. */
    REMOVED,
    /** Kept as it was. */
    KEPT,
    /** Written by somebody else after the upgrade; theirs counts. */
    WRITTEN_LATER
  }
}
