package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockAttempts;
import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.record.PolledLock;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The plugin's lock between machines: a key that is set only where there is none, ends by itself
 * after a minute, and is renewed and removed by whoever knows its value. Where Redis is away
 * nothing is written; the lock directory guards nothing then.
 *
 * <p>Safe for use by many threads: those of this object queue up fairly, then the key is tried for,
 * at random intervals. The plugin tries every 100 ms and gives up after 5 s, so after a hold the
 * key is left free for longer than that interval.
 */
public final class RedisLock extends PolledLock {
  private static final Duration LEAST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(80);
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(120);

  private final RedisKey key;
  private final LockMetrics metrics;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor renewer;
  private volatile long releasedAt = System.nanoTime() - GAP_NANOS;

  /**
   * Connects at the first use.
   *
   * @param resource the store's folder as the plugin names it
   */
  public RedisLock(RedisAccess access, String resource, LockMetrics metrics, Clock clock) {
    super(metrics, LEAST_PAUSE, LONGEST_PAUSE);
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

  /** Waits until others had the time to look again after our last hold. */
  @Override
  public void awaitMoment() throws InterruptedException {
    long left = GAP_NANOS - (System.nanoTime() - releasedAt);
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** What is left to others on our own account is no waiting. */
  @Override
  protected void prepare() throws InterruptedException {
    awaitMoment();
  }

  @Override
  protected LockAttempts attempts() {
    return new RedisAttempts(key, metrics, renewer);
  }

  @Override
  protected LockException behindOurselves(Duration patience) {
    return new LockException(
        LockCode.BEHIND_OURSELVES.with(key.lock(), LockCode.MILLIS.with(patience.toMillis())));
  }

  @Override
  protected LockException closedMeanwhile() {
    return new LockException(LockCode.CLOSED.with(key.lock()));
  }

  @Override
  protected void released(long from, long to) {
    releasedAt = to;
  }

  @Override
  protected void unused() {
    renewer.shutdown();
    key.close();
  }
}
