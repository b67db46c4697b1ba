package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OtherWriters;
import java.time.Duration;
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
  // Who looks again later than that is met as seldom as possible.
  private static final Duration SOON = Duration.ofMillis(100);
  private static final double NANOS_PER_MILLI = 1_000_000.0;

  private final MemoryStore store;
  private final StorePacing pacing;
  private final LongSupplier nanoTime;
  private final int fixedRows;
  private final BatchPace.Reason fixedReason;
  private final @Nullable BatchController controller;
  private volatile long lastHold;
  private volatile long releasedAt;
  private volatile long rest;

  /**
   * Plans the batches of a run.
   *
   * @param oneByOne whether each entry is written by itself
   * @param pacing the store's
   * @param nanoTime as {@link System#nanoTime}
   */
  public BatchPlanner(
      Batching batching,
      boolean oneByOne,
      MemoryStore store,
      StorePacing pacing,
      LongSupplier nanoTime) {
    this.store = store;
    this.pacing = pacing;
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
                    adaptive.maxHoldMillis().orElse(store.gentleHoldMillis()),
                    pacing.fitsBetweenWrites());
      }
    }
  }

  /** The pacing that suits a store; from now on its lock is taken accordingly. */
  public static StorePacing pacingOf(MemoryStore store, LongSupplier nanoTime) {
    StorePacing pacing;
    if (store.isOfAServer()) {
      pacing = new InSmallPieces();
    } else if (store.othersLookAgain().compareTo(SOON) < 0) {
      pacing = new BehindAWrite(nanoTime.getAsLong());
    } else {
      pacing = new OthersRhythm();
    }
    store.pacedBy(pacing);
    return pacing;
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

  /** How long the lock is to be left alone from now on, in nanoseconds; 0 if it may be taken. */
  public long pauseNanos() {
    return Math.max(0, rest - (nanoTime.getAsLong() - releasedAt));
  }

  /** Whether the lock is left alone for a while after each hold, as of the last one. */
  public boolean rests() {
    return rest > 0;
  }

  /** Whether entries that have waited since then have waited long enough for others to come. */
  public boolean isOverdue(long waitingSince) {
    return controller != null && nanoTime.getAsLong() - waitingSince >= LONGEST_WAIT_NANOS;
  }

  /** The time by which all is measured, as {@link System#nanoTime}. */
  public long now() {
    return nanoTime.getAsLong();
  }

  /** Learns from a batch. To be called after each commit. */
  public void held(int rows, LockAcquisition lock) {
    OtherWriters others = store.otherWriters();
    lastHold = lock.holdNanos();
    releasedAt = nanoTime.getAsLong();
    rest = pacing.restNanos(lastHold, others);
    if (controller != null) {
      controller.held(rows, lastHold, others);
    }
  }

  /** What batches do now, and why. */
  public BatchPace pace() {
    double restMillis = rest / NANOS_PER_MILLI;
    if (controller != null) {
      return controller.pace(restMillis);
    }
    int rows = fixedReason == BatchPace.Reason.ONE_BY_ONE ? 1 : fixedRows;
    return new BatchPace(rows, 0, lastHold / NANOS_PER_MILLI, restMillis, fixedReason);
  }
}
