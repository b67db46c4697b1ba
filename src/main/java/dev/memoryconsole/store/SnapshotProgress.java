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
   * @param done how much is copied so far; as a rule in pages of the store
   * @param total how much there is to copy in all, at least {@code done}; stays the same
   */
  void copied(long done, long total);

  /**
   * One half of the way, in promille.
   *
   * @param which 0 for the first, 1 for the second
   */
  default SnapshotProgress half(int which) {
    return (done, total) -> copied(500L * which + done * 500 / Math.max(1, total), 1000);
  }
}
