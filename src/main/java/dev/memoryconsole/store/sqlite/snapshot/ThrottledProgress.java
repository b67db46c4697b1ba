package dev.memoryconsole.store.sqlite.snapshot;

import dev.memoryconsole.store.SnapshotProgress;

/** Passes progress on ten times a second, never backwards. For one thread. */
final class ThrottledProgress implements SnapshotProgress {
  private static final long PAUSE_NANOS = 100_000_000;

  private final SnapshotProgress target;
  private long last = System.nanoTime() - PAUSE_NANOS;
  private long most;

  ThrottledProgress(SnapshotProgress target) {
    this.target = target;
  }

  @Override
  public void copied(long done, long total) {
    long now = System.nanoTime();
    if (done >= total || now - last >= PAUSE_NANOS) {
      last = now;
      most = Math.max(most, Math.min(done, total));
      target.copied(most, total);
    }
  }
}
