package dev.memoryconsole.store;

/** Hears how far a copy of a store is. Called from the thread that copies; must be quick. */
@FunctionalInterface
public interface SnapshotProgress {
  /** For whoever does not want to know. */
  SnapshotProgress NONE = (done, total) -> {};

  /**
   * Called about ten times a second, and once at the end with {@code done = total}. Never less than
   * before.
   *
   * @param done pages copied so far
   * @param total pages to copy in all, at least {@code done}
   */
  void copied(long done, long total);
}
