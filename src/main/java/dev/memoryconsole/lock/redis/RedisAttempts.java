package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockAttempts;
import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.message.Message;
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
            LockCode.IN_VAIN.with(key.lock(), LockCode.MILLIS.with(patience.toMillis()), holder()));
  }

  /** Who holds it right now; asks Redis. */
  private Message holder() {
    try {
      String holder = key.holder();
      return holder == null
          ? LockCode.OTHERS_IN_TURN.with()
          : LockCode.HELD_UNTIL.with(
              RedisToken.owner(holder), TimeUnit.MILLISECONDS.toSeconds(key.millisLeft()));
    } catch (JedisException e) {
      return LockCode.HELD_BY_ANOTHER.with();
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
