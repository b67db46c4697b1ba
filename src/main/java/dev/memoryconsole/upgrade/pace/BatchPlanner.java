package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.lock.LockEvent;
import dev.memoryconsole.store.MemoryStore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many entries a run's next batch takes, and when it may take the lock: as the admin has set
 * it, or as the controller finds. One thread commits, others look at the pace.
 */
public final class BatchPlanner {
  // A slow model must not keep for long what is enriched; fewer locks are better than prompt ones.
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  // Entries that are announced together when each is written by itself.
  private static final int ANNOUNCED_TOGETHER = 10;
  private static final int QUEUED_FOR_ADAPTIVE = 2_000;
  private static final double NANOS_PER_MILLI = 1_000_000.0;

  private final MemoryStore store;
  private final LongSupplier nanoTime;
  private final int fixedRows;
  private final BatchPace.Reason fixedReason;
  private final @Nullable BatchController controller;
  private volatile double lastHoldMillis;

  /**
   * For a run.
   *
   * @param oneByOne whether each entry is written by itself
   * @param nanoTime as {@link System#nanoTime}
   */
  public BatchPlanner(
      Batching batching, boolean oneByOne, MemoryStore store, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
    this.fixedReason = oneByOne ? BatchPace.Reason.ONE_BY_ONE : BatchPace.Reason.FIXED;
    switch (batching) {
      case Batching.Fixed(int rows) -> {
        this.fixedRows = rows;
        this.controller = null;
      }
      case Batching.Adaptive adaptive -> {
        this.fixedRows = ANNOUNCED_TOGETHER;
        this.controller =
            oneByOne
                ? null
                : new BatchController(
                    adaptive.maxHoldMillis().orElse(store.gentleHoldMillis()), nanoTime);
      }
    }
  }

  /** How many entries may wait between the phases. */
  public static int queue(Batching batching) {
    return switch (batching) {
      case Batching.Fixed(int rows) -> 2 * rows;
      case Batching.Adaptive _ -> QUEUED_FOR_ADAPTIVE;
    };
  }

  /** How many entries the next batch takes, by what is known of other writers now. */
  public int rows() {
    if (controller == null) {
      return fixedRows;
    }
    controller.seen(store.otherWriters());
    return controller.rows();
  }

  /** How long the lock is to be left alone from now on, in nanoseconds. */
  public long pauseNanos() {
    return controller == null ? 0 : controller.pauseNanos();
  }

  /** Whether the lock is left alone for a while between two batches. */
  public boolean rests() {
    return controller != null && controller.rests();
  }

  /** Whether entries that have waited since then have waited long enough for others to come. */
  public boolean isOverdue(long waitingSince) {
    return controller != null && nanoTime.getAsLong() - waitingSince >= LONGEST_WAIT_NANOS;
  }

  public long now() {
    return nanoTime.getAsLong();
  }

  /** To be told of every batch that was committed. */
  public void held(int rows, LockEvent lock) {
    lastHoldMillis = lock.holdNanos() / NANOS_PER_MILLI;
    if (controller != null) {
      controller.held(rows, lock.holdNanos(), store.otherWriters());
    }
  }

  /** What batches do now, and why. */
  public BatchPace pace() {
    return controller == null
        ? new BatchPace(
            fixedReason == BatchPace.Reason.ONE_BY_ONE ? 1 : fixedRows,
            0,
            lastHoldMillis,
            0,
            fixedReason)
        : controller.pace();
  }
}
