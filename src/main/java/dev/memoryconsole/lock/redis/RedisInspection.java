package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.message.Wording;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Looks at the key in Redis. Its holder gives a sign of life by renewing its lease, a fifth of its
 * length apart; who is not seen to do so for two fifths, by our own clock, counts as dead. Nothing
 * is concluded from how much of a lease is left, because leases of other machines may be longer or
 * shorter than ours. Thread-safe.
 */
final class RedisInspection implements LockInspection {
  private static final int FIFTHS = 5;
  private static final int MISSED = 2;
  private static final long LOOK_MILLIS = 250;

  /** Two looks at the same lease differ by how long their answers took. */
  private static final long JITTER_MILLIS = 100;

  private final RedisKey key;
  private final Clock clock;
  // Goes on from one look to the next; guarded by this.
  private @Nullable Watched watched;

  RedisInspection(RedisKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /** What was seen of one holder, in nanoseconds of the monotonic clock. */
  private record Watched(String token, long since, long signAt, long endsAt, long longest) {
    /** Begins with the first look at a lease that has {@code left} milliseconds left. */
    static Watched first(String token, long left, long now) {
      return new Watched(token, now, now, now + TimeUnit.MILLISECONDS.toNanos(left), left);
    }

    Watched again(long left, long now) {
      long ends = now + TimeUnit.MILLISECONDS.toNanos(left);
      return ends - endsAt > TimeUnit.MILLISECONDS.toNanos(JITTER_MILLIS)
          ? new Watched(token, since, now, ends, Math.max(longest, left))
          : this;
    }
  }

  @Override
  public synchronized Optional<LockCondition> condition() {
    try {
      return Optional.ofNullable(look());
    } catch (JedisException e) {
      throw key.away(e);
    }
  }

  private @Nullable LockCondition look() {
    String token = key.holder();
    long left = token == null ? 0 : key.millisLeft();
    long now = System.nanoTime();
    if (token == null || left == RedisKey.GONE) {
      watched = null;
      return null;
    }
    // A lease without end, which the plugin never makes: nobody can renew it.
    long ends = Math.max(left, 0);
    Watched before = watched;
    Watched seen =
        before == null || !before.token().equals(token)
            ? Watched.first(token, ends, now)
            : left < 0 ? before : before.again(ends, now);
    watched = seen;
    long lease = Math.max(seen.longest(), key.ttl().toMillis());
    return new LockCondition(
        Duration.ofNanos(now - seen.since()),
        Duration.ofNanos(now - seen.signAt()),
        Duration.ofMillis(lease * MISSED / FIFTHS),
        Duration.ZERO,
        RedisToken.owner(token),
        left < 0 ? null : Duration.ofMillis(left));
  }

  @Override
  public LockOwner owner() {
    return condition()
        .map(
            held ->
                new LockOwner(
                    new LockHolder.Foreign(0, Wording.ENGLISH.of(held.holder())),
                    "",
                    held.holder()))
        .orElse(LockOwner.UNKNOWN);
  }

  @Override
  public LockCondition breakIt(Consumer<LockAcquisition> record) throws InterruptedException {
    // From the beginning: what was seen before may have been seen long ago.
    RedisInspection watching = new RedisInspection(key, clock);
    String holder = watching.token();
    LockCondition condition = watching.held(holder);
    while (!condition.isAbandoned()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      condition = watching.held(holder);
      if (condition.silence().compareTo(condition.heldFor()) < 0) {
        throw new LockException(LockCode.RENEWED.with(key.lock(), condition.holder()));
      }
    }
    watching.remove(holder);
    record.accept(LockAcquisition.broken(clock.instant(), condition.heldFor()));
    return condition;
  }

  private String token() {
    try {
      String token = key.holder();
      if (token == null) {
        throw new LockException(LockCode.NOBODY_HOLDS.with(key.lock()));
      }
      return token;
    } catch (JedisException e) {
      throw key.away(e);
    }
  }

  private LockCondition held(String holder) {
    LockCondition condition = condition().orElse(null);
    Watched seen = watched;
    if (condition == null || seen == null || !seen.token().equals(holder)) {
      throw new LockException(LockCode.LET_GO.with(key.lock()));
    }
    return condition;
  }

  /** Unless it was renewed at the last moment. */
  private synchronized void remove(String holder) {
    Watched seen = watched;
    long left = seen == null ? 0 : TimeUnit.NANOSECONDS.toMillis(seen.endsAt() - System.nanoTime());
    try {
      if (!key.breakOff(holder, Math.max(0, left) + JITTER_MILLIS)) {
        throw new LockException(LockCode.RENEWED_OR_LET_GO.with(key.lock()));
      }
    } catch (JedisException e) {
      throw key.away(e);
    }
  }
}
