package dev.memoryconsole.lock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCompromisedException;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.StoreLock.Held;
import dev.memoryconsole.lock.record.LockMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** The lock in a real Redis. */
@Timeout(60)
@Tag("redis")
class RedisLockTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final String STORE = "/home/claw/.openclaw/memory/lancedb-pro";

  @TempDir private Path folder;
  private RedisServer server;
  private RedisClient spy;
  private LockMetrics metrics;
  private RedisLock lock;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start(folder);
    spy = RedisClient.create("127.0.0.1", server.port());
    metrics = new LockMetrics();
    lock = lock(RedisAccess.TTL);
  }

  @AfterEach
  void stop() {
    lock.close();
    spy.close();
    server.close();
  }

  private RedisLock lock(Duration ttl) {
    return new RedisLock(RedisAccess.of(server.url(), "", ttl), STORE, metrics, Clock.systemUTC());
  }

  @Test
  void isThePluginsKeyWhileHeld() throws Exception {
    String sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(STORE.getBytes(StandardCharsets.UTF_8)));
    String key = "memory-lancedb-pro:write-lock:" + sha256;
    assertThat(lock.keyName()).isEqualTo(key);
    Held held = lock.acquire(PURPOSE, PATIENT);
    try (held) {
      assertThat(spy.get(key)).isNotEmpty();
      assertThat(spy.pttl(key)).isBetween(50_000L, 60_000L);
      held.checkNotCompromised();
      held.wrote(3);
    }
    assertThat(spy.exists(key)).isFalse();
    assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.RELEASED);
    assertThat(held.event().rows()).isEqualTo(3);
    assertThat(metrics.summary().acquisitions()).isOne();
  }

  @Test
  void waitingEndsWithWhoHoldsIt() {
    spy.set(lock.keyName(), "3f2a1c77-0000-4000-8000-000000000000");
    assertThatThrownBy(() -> lock.acquire(PURPOSE, Duration.ofMillis(300)))
        .isInstanceOf(LockException.class)
        .hasMessageContainingAll("another program (token 3f2a1c77…)", "nothing was changed");
    assertThat(spy.get(lock.keyName())).startsWith("3f2a1c77");
    assertThat(metrics.summary().waits().max()).isGreaterThan(200);
  }

  @Test
  void anotherConsoleIsNamed() throws Exception {
    try (RedisLock other = lock(RedisAccess.TTL);
        Held held = other.acquire(PURPOSE, PATIENT)) {
      held.checkNotCompromised();
      assertThatThrownBy(() -> lock.acquire(PURPOSE, Duration.ofMillis(300)))
          .hasMessageContaining(
              "Memory Console (process " + ProcessHandle.current().pid() + " on ");
    }
  }

  @Test
  void aLeaseThatIsNoLongerOursIsNoticedBeforeTheCommitAndIsNotRemoved() throws Exception {
    Held held = lock.acquire(PURPOSE, PATIENT);
    spy.set(lock.keyName(), "theirs");
    assertThatThrownBy(held::checkNotCompromised).isInstanceOf(LockCompromisedException.class);
    held.close();
    assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.COMPROMISED);
    assertThat(spy.get(lock.keyName())).isEqualTo("theirs");
  }

  @Test
  void aHoldThatLastsLongerThanItsLeaseIsRenewed() throws Exception {
    try (RedisLock brief = lock(Duration.ofSeconds(1));
        Held held = brief.acquire(PURPOSE, PATIENT)) {
      org.awaitility.Awaitility.await()
          .during(Duration.ofMillis(2_500))
          .until(() -> spy.exists(lock.keyName()));
      held.checkNotCompromised();
    }
  }

  @Test
  void aRedisThatWasRestartedHasForgottenTheLease() throws Exception {
    Held held = lock.acquire(PURPOSE, PATIENT);
    server.stop();
    assertThatThrownBy(held::checkNotCompromised)
        .isInstanceOf(LockException.class)
        .isNotInstanceOf(LockCompromisedException.class)
        .hasMessageContaining("The Redis at 127.0.0.1:" + server.port());
    server.start();
    assertThatThrownBy(held::checkNotCompromised).isInstanceOf(LockCompromisedException.class);
    held.close();
    lock.acquire(PURPOSE, PATIENT).close();
  }

  @Test
  void whereRedisIsAwayThereIsNoLock() {
    server.stop();
    assertThatThrownBy(() -> lock.acquire(PURPOSE, Duration.ofMillis(500)))
        .isInstanceOf(LockException.class)
        .hasMessageContainingAll("nobody answers there", "nothing was changed");
  }

  @Test
  void thePasswordIsInNoWords() throws Exception {
    try (RedisServer closed = RedisServer.start(folder, "--requirepass", "s3cret canary")) {
      String place = "127.0.0.1:" + closed.port();
      RedisAccess wrong = RedisAccess.of("redis://:canary-wrong@" + place, "", RedisAccess.TTL);
      assertThat(wrong.toString()).isEqualTo(place);
      try (RedisLock refused = new RedisLock(wrong, STORE, metrics, Clock.systemUTC())) {
        assertThatThrownBy(() -> refused.acquire(PURPOSE, Duration.ofMillis(200)))
            .hasMessageContaining("it refuses the password")
            .hasMessageNotContaining("canary");
      }
      RedisAccess right =
          RedisAccess.of("redis://:s3cret%20canary@" + place + "/2", "mine", RedisAccess.TTL);
      try (RedisLock open = new RedisLock(right, STORE, metrics, Clock.systemUTC());
          Held held = open.acquire(PURPOSE, PATIENT)) {
        held.checkNotCompromised();
        assertThat(open.keyName()).startsWith("mine:");
      }
    }
    assertThatThrownBy(() -> RedisAccess.of("redis://:canary@ no host/", "", RedisAccess.TTL))
        .isInstanceOf(RedisAddressException.class)
        .hasMessageNotContaining("canary");
  }
}
