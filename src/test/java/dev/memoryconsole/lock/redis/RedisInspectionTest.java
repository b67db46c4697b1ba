package dev.memoryconsole.lock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.StoreLock.Held;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.message.Wording;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Looking at the key in a real Redis, and breaking it. */
@Timeout(60)
@Tag("redis")
class RedisInspectionTest {
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final String THEIRS = "3f2a1c77-0000-4000-8000-000000000000";

  @TempDir private Path folder;
  private RedisServer server;
  private RedisClient spy;
  private LockMetrics metrics;
  private RedisLock lock;
  private LockInspection inspection;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start(folder);
    spy = RedisClient.create("127.0.0.1", server.port());
    metrics = new LockMetrics();
    lock =
        new RedisLock(RedisAccess.of(server.url(), "", TTL), "/data", metrics, Clock.systemUTC());
    inspection = lock.inspection();
  }

  @AfterEach
  void stop() {
    lock.close();
    spy.close();
    server.close();
  }

  private void take(long millis) {
    spy.set(lock.keyName(), THEIRS, SetParams.setParams().px(millis));
  }

  private void isNotBroken(String words) {
    assertThatThrownBy(() -> inspection.breakIt(metrics::record))
        .isInstanceOf(LockException.class)
        .hasMessageContainingAll(words, "nothing was changed");
  }

  @Test
  void saysWhoHoldsItAndForHowLong() throws Exception {
    assertThat(inspection.condition()).isEmpty();
    isNotBroken("Nobody holds the lock");
    take(60_000);
    LockCondition condition = inspection.condition().orElseThrow();
    assertThat(Wording.ENGLISH.of(condition.holder()))
        .isEqualTo("another program (token 3f2a1c77…)");
    assertThat(inspection.owner().message()).isEqualTo(condition.holder());
    assertThat(condition.lease()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    assertThat(condition.isAbandoned()).isFalse();
    // Two fifths of the longest lease that is known.
    assertThat(condition.stale()).isGreaterThan(Duration.ofSeconds(20));
    spy.del(lock.keyName());
    try (Held held = lock.acquire(LockPurpose.of(LockPurpose.Kind.OTHER), TTL)) {
      held.checkNotCompromised();
      assertThat(Wording.ENGLISH.of(inspection.condition().orElseThrow().holder()))
          .contains("Memory Console (process");
    }
  }

  @Test
  void whoRenewsItsLeaseIsAlive() throws Exception {
    try (Held held = lock.acquire(LockPurpose.of(LockPurpose.Kind.OTHER), TTL)) {
      isNotBroken("renewed its lease");
      held.checkNotCompromised();
    }
  }

  @Test
  void whoDoesNotRenewItsLeaseIsBrokenAndThatIsRecorded() throws Exception {
    take(1_900);
    LockCondition broken = inspection.breakIt(metrics::record);
    assertThat(broken.isAbandoned()).isTrue();
    assertThat(spy.exists(lock.keyName())).isFalse();
    lock.acquire(LockPurpose.of(LockPurpose.Kind.OTHER), TTL).close();
  }

  @Test
  void aLeaseThatNeverEndsIsBrokenToo() throws Exception {
    spy.set(lock.keyName(), THEIRS);
    assertThat(inspection.condition().orElseThrow().lease()).isNull();
    inspection.breakIt(metrics::record);
    assertThat(spy.exists(lock.keyName())).isFalse();
  }

  @Test
  void aLeaseThatEndsByItselfNeedsNoBreaking() {
    take(300);
    isNotBroken("its lease has ended");
  }

  @Test
  void aRedisThatIsAwaySaysSo() {
    server.stop();
    assertThatThrownBy(inspection::condition)
        .isInstanceOf(LockException.class)
        .hasMessageContaining("The Redis at 127.0.0.1:" + server.port());
  }
}
