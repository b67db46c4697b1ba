package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.message.Message;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/** The key that is the lock, and what the plugin does with it. Thread-safe. */
final class RedisKey implements AutoCloseable {
  private static final String RENEW =
      "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2])"
          + " else return 0 end";
  private static final String RELEASE =
      "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return"
          + " 0 end";
  private static final String BREAK =
      "if redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pttl', KEYS[1]) <="
          + " tonumber(ARGV[2]) then return redis.call('del', KEYS[1]) else return 0 end";

  /** What {@link #millisLeft} says of a key that is not there. */
  static final long GONE = -2;

  // One that works, one that renews meanwhile.
  private static final int CONNECTIONS = 2;

  private final RedisAccess access;
  private final String name;
  private final RedisClient client;

  /** Connects at the first use. */
  RedisKey(RedisAccess access, String resource) {
    this.access = access;
    this.name = access.keyPrefix() + ":" + sha256(resource);
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    // A Redis that was restarted has closed them: found out before, not in the middle of a command.
    pool.setTestOnBorrow(true);
    this.client =
        RedisClient.builder()
            .hostAndPort(access.place())
            .clientConfig(access.client())
            .poolConfig(pool)
            .build();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  String name() {
    return name;
  }

  Duration ttl() {
    return access.ttl();
  }

  /**
   * Takes it if it is free.
   *
   * @return whether it is ours now; also if an earlier attempt took it whose answer got lost
   */
  boolean take(String token) {
    String answer = client.set(name, token, SetParams.setParams().nx().px(ttl().toMillis()));
    return "OK".equals(answer) || (token.equals(client.get(name)) && renew(token));
  }

  boolean renew(String token) {
    return isOne(
        client.eval(RENEW, List.of(name), List.of(token, Long.toString(ttl().toMillis()))));
  }

  boolean release(String token) {
    return isOne(client.eval(RELEASE, List.of(name), List.of(token)));
  }

  /** Removes it from under somebody else, unless its lease has more left than this. */
  boolean breakOff(String token, long atMostMillis) {
    return isOne(client.eval(BREAK, List.of(name), List.of(token, Long.toString(atMostMillis))));
  }

  private static boolean isOne(Object answer) {
    return answer instanceof Long number && number == 1;
  }

  /** Whose it is; null if it is free. */
  @Nullable String holder() {
    return client.get(name);
  }

  /** When it ends unless it is renewed, in milliseconds; -1 if never. */
  long millisLeft() {
    return client.pttl(name);
  }

  /** Why nothing can be done. The library's own words may repeat what must not be shown. */
  LockException away(JedisException e) {
    return new LockException(LockCode.REDIS_AWAY.with(access.toString(), reason(e)), e);
  }

  private static Message reason(JedisException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof SSLException)) {
      cause = cause.getCause();
    }
    // Of several addresses of one host each has its own reason.
    if (cause.getSuppressed().length > 0) {
      cause = cause.getSuppressed()[0];
    }
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith("WRONGPASS") || message.contains("AUTH")) {
      return LockCode.WRONG_PASSWORD.with();
    }
    return switch (cause) {
      case ConnectException refused -> LockCode.NOBODY_ANSWERS.with();
      case UnknownHostException unknown -> LockCode.NO_SUCH_HOST.with();
      case SocketTimeoutException slow -> LockCode.NO_ANSWER_IN_TIME.with();
      case SSLException tls -> LockCode.NOT_ENCRYPTED.with();
      default -> LockCode.CONNECTION_FAILED.with(cause.getClass().getSimpleName());
    };
  }

  @Override
  public void close() {
    client.close();
  }

  /** What to call it in a message. */
  Message lock() {
    return LockCode.REDIS_LOCK.with(access.toString());
  }

  /** Where it is, for the log. */
  @Override
  public String toString() {
    return "in the Redis at " + access;
  }
}
