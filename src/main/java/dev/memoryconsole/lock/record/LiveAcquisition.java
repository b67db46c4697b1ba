package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockAcquisition.Outcome;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An acquisition of a store's lock while it goes on, from asking to its end: measured, and shown to
 * whoever watches. Closed in every case, and recorded at most once. Its methods may be called from
 * one thread at a time.
 */
public final class LiveAcquisition implements AutoCloseable {
  private static final long NANOS_PER_MICRO = 1_000;

  private final Board board;
  private final LockHolder who;
  private final LockPurpose purpose;
  private final boolean shown;
  private final long number;
  private final long asked;
  private final LockEvent flight = new LockEvent();
  private volatile long since;
  private boolean had;
  private long leftToOthers;
  private @Nullable LiveAcquisition displaced;
  private int @Nullable [] under;

  private LiveAcquisition(Board board, LockHolder who, LockPurpose purpose, boolean shown) {
    this.board = board;
    this.who = who;
    this.purpose = purpose;
    this.shown = shown;
    this.number = board.numbers.incrementAndGet();
    this.asked = board.nanos.getAsLong();
    this.since = asked;
    flight.begin();
  }

  /** The lock was left to others on our own account for so long, which is no waiting. */
  public void leftToOthers(long nanos) {
    leftToOthers += nanos;
  }

  /** How long it has been waited for, nanoseconds. */
  public long waitedNanos() {
    return (had ? since : board.nanos.getAsLong()) - asked - leftToOthers;
  }

  /** The lock is had now. */
  public void acquired() {
    acquired(board.nanos.getAsLong());
  }

  /**
   * The lock is had.
   *
   * @param at since when ({@link System#nanoTime})
   */
  public void acquired(long at) {
    had = true;
    since = at;
    if (shown) {
      board.waiting.remove(this);
      displaced = board.holder.getAndSet(this);
    }
    under = UnderLock.entered();
  }

  /** The lock was not had after all: it is waited for, as before. */
  public void missed() {
    had = false;
    since = asked;
    leave();
    if (shown) {
      board.holder.compareAndSet(this, displaced);
      displaced = null;
      board.waiting.add(this);
    }
  }

  /**
   * Records its end, which is now.
   *
   * @param rows rows written under it
   */
  public LockAcquisition ended(Outcome outcome, int rows) {
    long now = board.nanos.getAsLong();
    long hold = had ? now - since : 0;
    return ended(
        new LockAcquisition(
            who, purpose, micros(now, hold), waitedNanos(), hold, rows, outcome, false));
  }

  /**
   * Records that somebody else, who was found holding the lock, holds it no longer.
   *
   * @param other who that was, as far as it is known by now
   */
  public LockAcquisition goneBy(LockHolder.Foreign other) {
    long now = board.nanos.getAsLong();
    return ended(LockAcquisition.seen(other, micros(now, now - since), now - since));
  }

  private LockAcquisition ended(LockAcquisition acquisition) {
    close();
    board.recorded.accept(acquisition, flight);
    return acquisition;
  }

  private long micros(long now, long ago) {
    return LockAcquisition.microsOf(board.clock.instant())
        - (board.nanos.getAsLong() - now + ago) / NANOS_PER_MICRO;
  }

  /** Shows it no longer. */
  @Override
  public void close() {
    if (shown) {
      board.waiting.remove(this);
      board.holder.compareAndSet(this, null);
      displaced = null;
    }
    leave();
  }

  private void leave() {
    if (under != null) {
      UnderLock.left(under);
      under = null;
    }
  }

  private LockLive.Present present(long now, long nowMicros) {
    long age = Math.max(0, now - since);
    return new LockLive.Present(who, purpose, nowMicros - age / NANOS_PER_MICRO, age);
  }

  /** Everybody who waits for one store's lock, and who holds it. Safe for use by many threads. */
  static final class Board {
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final BiConsumer<LockAcquisition, LockEvent> recorded;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentSkipListSet<LiveAcquisition> waiting =
        new ConcurrentSkipListSet<>(Comparator.comparingLong(one -> one.number));
    private final AtomicReference<@Nullable LiveAcquisition> holder = new AtomicReference<>();

    /** Hands what has ended to {@code recorded}. */
    Board(
        InstantSource clock, LongSupplier nanos, BiConsumer<LockAcquisition, LockEvent> recorded) {
      this.clock = clock;
      this.nanos = nanos;
      this.recorded = recorded;
    }

    LiveAcquisition asking(LockPurpose purpose, boolean shown) {
      LiveAcquisition asking = new LiveAcquisition(this, LockHolder.ours(purpose), purpose, shown);
      if (shown) {
        waiting.add(asking);
      }
      return asking;
    }

    LiveAcquisition found(LockHolder other, boolean shown) {
      LockPurpose unknown = LockPurpose.of(LockPurpose.Kind.OTHER);
      LiveAcquisition found = new LiveAcquisition(this, other, unknown, shown);
      if (shown) {
        holder.set(found);
      }
      return found;
    }

    LockLive live() {
      long now = nanos.getAsLong();
      long nowMicros = LockAcquisition.microsOf(clock.instant());
      List<LockLive.Present> waiters = new ArrayList<>();
      for (LiveAcquisition one : waiting) {
        waiters.add(one.present(now, nowMicros));
      }
      LiveAcquisition held = holder.get();
      return new LockLive(
          List.copyOf(waiters),
          held == null ? Optional.empty() : Optional.of(held.present(now, nowMicros)));
    }
  }
}
