package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockAttempts;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The attempts of one acquisition to set the key in Redis. The hold of another program is recorded
 * from the first attempt that found it to the first that did not. For one thread.
 */
final class RedisAttempts implements LockAttempts {
  private final RedisKey key;
  private final LockMetrics metrics;
  private final ScheduledExecutorService renewer;
  private final String token = RedisToken.fresh();
  private boolean had;
  private @Nullable LiveAcquisition found;
  private @Nullable JedisException away;

  /**
   * Has asked for nothing yet.
   *
   * @param renewer renews the lease while the lock is held
   */
  RedisAttempts(RedisKey key, LockMetrics metrics, ScheduledExecutorService renewer) {
    this.key = key;
    this.metrics = metrics;
    this.renewer = renewer;
  }

  @Override
  public @Nullable LockLease next() {
    away = null;
    try {
      had = key.take(token);
    } catch (JedisException e) {
      away = e;
      return null;
    }
    if (!had) {
      if (found == null && metrics.isRecording()) {
        found = metrics.found(LockHolder.Foreign.UNKNOWN);
      }
      return null;
    }
    RedisLease lease = new RedisLease(key, token);
    lease.keep(renewer);
    return lease;
  }

  @Override
  public LockException gaveUp(Duration patience) {
    return away != null
        ? key.away(away)
        : new LockException(
            "The lock %s could not be had within %d ms: %s; nothing was changed, wait for that program or close it and try again."
                .formatted(key, patience.toMillis(), holderWords()));
  }

  /** Who holds it right now, in words; asks Redis. */
  private String holderWords() {
    try {
      String holder = key.holder();
      return holder == null
          ? "other programs hold it in turn"
          : "it is held by %s, whose lease ends in %d s unless it renews it"
              .formatted(
                  RedisToken.owner(holder), TimeUnit.MILLISECONDS.toSeconds(key.millisLeft()));
    } catch (JedisException e) {
      return "it is held by another program";
    }
  }

  @Override
  public void close() {
    if (found != null) {
      found.goneBy(LockHolder.Foreign.UNKNOWN);
    }
    if (!had) {
      forget();
    }
  }

  /** An attempt may have taken it although its answer got lost. */
  private void forget() {
    try {
      key.release(token);
    } catch (JedisException endsByItself) {
      // Redis is away; the key ends by itself.
    }
  }
}
