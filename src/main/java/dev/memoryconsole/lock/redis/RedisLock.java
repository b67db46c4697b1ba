package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.StoreLock;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.record.TimedHold;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The plugin's lock between machines: a key that is set only where there is none, ends by itself
 * after a minute, and is renewed and removed by whoever knows its value. Where Redis is away
 * nothing is written; the lock directory guards nothing then.
 *
 * <p>Safe for use by many threads: those of this object queue up fairly, then the key is tried for,
 * at random intervals. The plugin tries every 100 ms and gives up after 5 s, so after a hold the
 * key is left free for longer than that interval.
 */
public final class RedisLock implements StoreLock {
  private static final long LEAST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 80_000_000;
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(120);

  private final RedisKey key;
  private final LockMetrics metrics;
  private final Clock clock;
  private final Semaphore queue = new Semaphore(1, true);
  private final ScheduledThreadPoolExecutor renewer;
  private volatile long releasedAt = System.nanoTime() - GAP_NANOS;
  private volatile LockPacing pacing = LockPacing.NONE;
  private volatile boolean closed;

  /**
   * Connects at the first use.
   *
   * @param resource the store's folder as the plugin names it
   */
  public RedisLock(RedisAccess access, String resource, LockMetrics metrics, Clock clock) {
    this.key = new RedisKey(access, resource);
    this.metrics = metrics;
    this.clock = clock;
    this.renewer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("redis-lock-renew").daemon().factory());
    renewer.setRemoveOnCancelPolicy(true);
  }

  /** The key that is the lock. */
  public String keyName() {
    return key.name();
  }

  @Override
  public LockInspection inspection() {
    return new RedisInspection(key, clock);
  }

  /** Nobody tells: what is seen of others is seen while this waits. */
  @Override
  public void watchOthers() {}

  /** As long after a hold as it takes others to look again. */
  @Override
  public void awaitMoment() throws InterruptedException {
    long left = GAP_NANOS - (System.nanoTime() - releasedAt);
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  @Override
  public void pacedBy(LockPacing other) {
    pacing = other;
  }

  @Override
  public Held acquire(LockPurpose purpose, Duration patience) throws InterruptedException {
    // What is left to others on our own account is no waiting.
    awaitMoment();
    long asked = System.nanoTime();
    LiveAcquisition shown = metrics.asking(purpose);
    Held held = null;
    boolean queued = false;
    try {
      queued = queue.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (!queued) {
        throw timedOut(purpose, shown, asked, behindOurselves(patience));
      }
      held = poll(purpose, shown, asked, patience);
      return held;
    } finally {
      if (held == null) {
        shown.close();
        if (queued) {
          letNextIn();
        }
      }
    }
  }

  private Held poll(LockPurpose purpose, LiveAcquisition shown, long asked, Duration patience)
      throws InterruptedException {
    String token = RedisToken.fresh();
    Others others = new Others();
    boolean had = false;
    try {
      while (true) {
        refuseIfClosed();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        JedisException away = null;
        try {
          had = key.take(token);
          if (had) {
            return held(purpose, shown, asked, token);
          }
          others.hold();
        } catch (JedisException e) {
          away = e;
        }
        long left = patience.toNanos() - (System.nanoTime() - asked);
        if (left <= 0) {
          throw timedOut(
              purpose, shown, asked, away == null ? behindOthers(patience) : key.away(away));
        }
        TimeUnit.NANOSECONDS.sleep(
            Math.min(
                left,
                ThreadLocalRandom.current().nextLong(LEAST_PAUSE_NANOS, LONGEST_PAUSE_NANOS)));
      }
    } finally {
      others.gone();
      if (!had) {
        forget(token);
      }
    }
  }

  /** An attempt may have taken it although its answer got lost. */
  private void forget(String token) {
    try {
      key.release(token);
    } catch (JedisException endsByItself) {
      // Redis is away; the key ends by itself.
    }
  }

  private Held held(LockPurpose purpose, LiveAcquisition shown, long asked, String token) {
    RedisLease lease = new RedisLease(key, token);
    lease.keep(renewer);
    return new TimedHold(
        purpose,
        shown,
        clock,
        asked,
        System.nanoTime(),
        false,
        lease,
        (from, to) -> {
          releasedAt = to;
          pacing.weHeld(from, to);
          letNextIn();
        });
  }

  private void letNextIn() {
    queue.release();
    if (closed) {
      key.close();
    }
  }

  private LockException timedOut(
      LockPurpose purpose, LiveAcquisition shown, long asked, LockException why) {
    long wait = System.nanoTime() - asked;
    shown.ended(
        new LockAcquisition(
            purpose, clock.millis(), wait, 0, 0, LockAcquisition.Outcome.TIMED_OUT));
    return why;
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new LockException(
          "The store of the lock %s was closed; nothing was changed.".formatted(key));
    }
  }

  private LockException behindOurselves(Duration patience) {
    return new LockException(
        "The lock %s could not be had within %d ms because this program itself uses it; nothing was changed, wait for that to end and try again."
            .formatted(key, patience.toMillis()));
  }

  private LockException behindOthers(Duration patience) {
    return new LockException(
        "The lock %s could not be had within %d ms: %s; nothing was changed, wait for that program or close it and try again."
            .formatted(key, patience.toMillis(), holderWords()));
  }

  /** Who holds it right now, in words; asks Redis. */
  private String holderWords() {
    try {
      String token = key.holder();
      return token == null
          ? "other programs hold it in turn"
          : "it is held by %s, whose lease ends in %d s unless it renews it"
              .formatted(
                  RedisToken.owner(token), TimeUnit.MILLISECONDS.toSeconds(key.millisLeft()));
    } catch (JedisException e) {
      return "it is held by another program";
    }
  }

  @Override
  public void close() {
    closed = true;
    renewer.shutdown();
    // What is held is released by its holder, which then closes the connection.
    if (queue.tryAcquire()) {
      key.close();
    }
  }

  /**
   * The hold of another program, from the first attempt that found it to the first that did not.
   */
  private final class Others {
    private @Nullable LiveAcquisition found;
    private long foundNanos;
    private long foundMicros;

    void hold() {
      if (found == null && metrics.isOn()) {
        foundNanos = System.nanoTime();
        foundMicros = LockAcquisition.microsOf(clock.instant());
        found = metrics.found(LockHolder.Foreign.UNKNOWN);
      }
    }

    void gone() {
      LiveAcquisition gone = found;
      if (gone != null) {
        found = null;
        gone.ended(
            LockAcquisition.seen(
                LockHolder.Foreign.UNKNOWN, foundMicros, System.nanoTime() - foundNanos));
      }
    }
  }
}
