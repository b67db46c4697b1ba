package dev.memoryconsole.lock.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCompromisedException;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.StoreLock;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.message.Wording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LockfileInspectionTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);

  @TempDir Path folder;
  private Path target;
  private Path directory;
  private final LockMetrics metrics = new LockMetrics();
  private LockfileInspection lock;

  @BeforeEach
  void name() throws Exception {
    target = folder.toRealPath().resolve(".memory-write.lock");
    directory = Path.of(target + ".lock");
    Files.createFile(target);
    lock = new LockfileInspection(target, Clock.systemUTC(), LockfileTiming.DEFAULT);
  }

  private void heldWithoutASignOfLifeFor(Duration silence) throws Exception {
    Files.createDirectory(directory);
    Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(silence)));
  }

  /** Watches for a quarter of a second instead of 6 s whether a holder gives a sign of life. */
  private LockfileInspection quick() {
    return new LockfileInspection(
        target,
        Clock.systemUTC(),
        new LockfileTiming(Duration.ofSeconds(2), Duration.ofMillis(200)));
  }

  @Test
  void nobodyHoldsItSoThereIsNothingToBreak() {
    assertThat(lock.condition()).isEmpty();
    assertThatThrownBy(() -> lock.breakIt(metrics::record))
        .isInstanceOf(LockException.class)
        .hasMessageContaining("Nobody holds the lock");
  }

  @Test
  void aHolderWhoseLastSignOfLifeIsTooOldIsAbandonedAndItsLockCanBeBroken() throws Exception {
    heldWithoutASignOfLifeFor(Duration.ofSeconds(12));
    LockCondition condition = lock.condition().orElseThrow();
    assertThat(condition.isAbandoned()).isTrue();
    assertThat(condition.silence()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(30));
    assertThat(condition.stale()).isEqualTo(Duration.ofSeconds(10));

    quick().breakIt(metrics::record);

    assertThat(directory).doesNotExist();
    assertThat(lock.condition()).isEmpty();
    assertThat(metrics.events(0, Long.MAX_VALUE / 1_000))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.outcome()).isEqualTo(LockAcquisition.Outcome.BROKEN);
              assertThat(event.holder()).isEqualTo(LockHolder.Foreign.UNKNOWN);
            });
  }

  /** Its time of change says nothing: only watching it does. */
  @Test
  void aLockThatIsDatedInTheFutureIsAbandonedOnceItDoesNotChange() throws Exception {
    heldWithoutASignOfLifeFor(Duration.ofHours(-1));
    LockfileInspection watched = quick();
    LockCondition first = watched.condition().orElseThrow();
    assertThat(first.isAbandoned()).isFalse();
    assertThat(first.ahead()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    await().until(() -> watched.condition().orElseThrow().isAbandoned());
    assertThat(watched.breakIt(metrics::record).isAhead()).isTrue();
    assertThat(directory).doesNotExist();
  }

  @Test
  void aHolderWhoseClockIsFarBehindKeepsItsLock() throws Exception {
    heldWithoutASignOfLifeFor(Duration.ofHours(1));
    AtomicBoolean alive = new AtomicBoolean(true);
    Thread holder =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (alive.get()) {
                    long sign = System.currentTimeMillis() - 3_600_000;
                    directory.toFile().setLastModified(sign);
                    LockSupport.parkNanos(20_000_000);
                  }
                });
    assertThatThrownBy(() -> quick().breakIt(metrics::record)).hasMessageContaining("it is alive");
    assertThat(directory).exists();
    alive.set(false);
    holder.join();
  }

  @Test
  void whoHoldsItIsToldWhereItIsAProgramOfOurs() throws Exception {
    assertThat(Wording.ENGLISH.of(new LockOwner(LockHolder.Foreign.UNKNOWN, "claw").message()))
        .isEqualTo("another program of the user claw");
    try (ProperLockfile ours = new ProperLockfile(target, metrics, Clock.systemUTC());
        StoreLock.Held held = ours.acquire(PURPOSE, Duration.ofSeconds(5))) {
      held.checkNotCompromised();
      assertThat(lock.owner().user()).isEqualTo(System.getProperty("user.name"));
      if (OS.LINUX.isCurrentOs()) {
        assertThat(lock.owner().holder().pid()).isEqualTo(ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void aHolderThatIsAliveKeepsItsLock() throws Exception {
    heldWithoutASignOfLifeFor(Duration.ofSeconds(3));
    assertThat(lock.condition().orElseThrow().isAbandoned()).isFalse();
    assertThatThrownBy(() -> lock.breakIt(metrics::record))
        .isInstanceOf(LockException.class)
        .hasMessageContainingAll("it is alive", "nothing was changed");
    assertThat(directory).exists();
    assertThat(metrics.end()).isZero();
  }

  @Test
  void ourOwnHoldIsSeenAndNotBroken() throws Exception {
    try (ProperLockfile ours = new ProperLockfile(target, metrics, Clock.systemUTC());
        StoreLock.Held held = ours.acquire(PURPOSE, Duration.ofSeconds(5))) {
      assertThat(lock.directory()).isEqualTo(ours.directory());
      assertThat(lock.condition().orElseThrow().isAbandoned()).isFalse();
      assertThat(metrics.live().holder().map(LockLive.Present::who))
          .contains(new LockHolder.OurOperation(LockPurpose.Kind.OTHER));
      assertThatThrownBy(() -> lock.breakIt(metrics::record)).isInstanceOf(LockException.class);
      held.wrote(1);
    }
    assertThat(metrics.live()).isEqualTo(LockLive.IDLE);
    assertThat(lock.condition()).isEmpty();
  }

  @Test
  void aHolderWhoseLockWasBrokenNoticesBeforeItsCommit() throws Exception {
    try (ProperLockfile theirs = new ProperLockfile(target, new LockMetrics(), Clock.systemUTC());
        StoreLock.Held held = theirs.acquire(PURPOSE, Duration.ofSeconds(5))) {
      Files.setLastModifiedTime(
          directory, FileTime.from(Instant.now().minus(Duration.ofSeconds(60))));
      quick().breakIt(metrics::record);
      assertThatThrownBy(held::checkNotCompromised).isInstanceOf(LockCompromisedException.class);
    }
  }
}
