package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockCompromisedException;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.message.Message;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** A key in Redis that is ours until its time is over. Thread-safe. */
final class RedisLease implements LockLease {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLease.class);
  private static final int RENEWALS = 5;

  private final RedisKey key;
  private final String token;
  private final long since = System.nanoTime();
  private @Nullable Message lost;
  private boolean released;
  private @Nullable ScheduledFuture<?> renewal;

  RedisLease(RedisKey key, String token) {
    this.key = key;
    this.token = token;
  }

  @Override
  public long since() {
    return since;
  }

  /** Renews it five times within its time, until it is released or lost. */
  synchronized void keep(ScheduledExecutorService renewer) {
    long period = Math.max(100, key.ttl().toMillis() / RENEWALS);
    try {
      renewal = renewer.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      LOG.debug("{} is held while its store is closed", key, closing);
    }
  }

  private synchronized void renew() {
    if (!released && lost == null) {
      try {
        check();
      } catch (LockException e) {
        // If Redis comes back before the time is over, nothing was lost.
        LOG.warn("{}", e.getMessage());
      }
    }
  }

  @Override
  public synchronized void check() {
    if (lost == null) {
      long asked = System.nanoTime();
      boolean ours;
      try {
        ours = key.renew(token);
      } catch (JedisException e) {
        throw key.away(e);
      }
      if (!ours) {
        lost = LockCode.LEASE_OVER.with();
      } else if (System.nanoTime() - asked > key.ttl().toNanos() / RENEWALS) {
        lost = LockCode.REDIS_SLOW.with();
      }
    }
    if (lost != null) {
      throw new LockCompromisedException(LockCode.LOST.with(key.lock(), lost));
    }
  }

  @Override
  public synchronized void release() {
    if (released) {
      return;
    }
    released = true;
    if (renewal != null) {
      renewal.cancel(false);
    }
    try {
      if (!key.release(token) && lost == null) {
        lost = LockCode.LEASE_OVER.with();
        LOG.warn("{} was not ours any more when it was released", key);
      }
    } catch (JedisException e) {
      LOG.warn("{} could not be released, it ends by itself", key, key.away(e));
    }
  }

  @Override
  public synchronized boolean isCompromised() {
    return lost != null;
  }
}
