package dev.memoryconsole.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StuckLockTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);

  @TempDir Path folder;
  private Path target;
  private Path directory;
  private final LockMetrics metrics = new LockMetrics();
  private StuckLock lock;

  @BeforeEach
  void name() throws Exception {
    target = folder.toRealPath().resolve(".memory-write.lock");
    directory = Path.of(target + ".lock");
    Files.createFile(target);
    lock = new StuckLock(target, Clock.systemUTC(), LockTiming.DEFAULT);
  }

  private void heldWithoutASignOfLifeFor(Duration silence) throws Exception {
    Files.createDirectory(directory);
    Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(silence)));
  }

  @Test
  void nobodyHoldsItSoThereIsNothingToBreak() {
    assertThat(lock.condition()).isEmpty();
    assertThatThrownBy(() -> lock.breakIt(metrics))
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

    lock.breakIt(metrics);

    assertThat(directory).doesNotExist();
    assertThat(lock.condition()).isEmpty();
    assertThat(metrics.events(0, Long.MAX_VALUE / 1_000))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.outcome()).isEqualTo(LockEvent.Outcome.BROKEN);
              assertThat(event.holder()).isEqualTo(LockHolder.Foreign.UNKNOWN);
            });
  }

  @Test
  void aHolderThatIsAliveKeepsItsLock() throws Exception {
    heldWithoutASignOfLifeFor(Duration.ofSeconds(3));
    assertThat(lock.condition().orElseThrow().isAbandoned()).isFalse();
    assertThatThrownBy(() -> lock.breakIt(metrics))
        .isInstanceOf(LockException.class)
        .hasMessageContaining("it is alive")
        .hasMessageContaining("nothing was changed");
    assertThat(directory).exists();
    assertThat(metrics.end()).isZero();
  }

  @Test
  void ourOwnHoldIsSeenAndNotBroken() throws Exception {
    try (ProperLockfile ours = new ProperLockfile(target, metrics, Clock.systemUTC());
        ProperLockfile.Held held = ours.acquire(PURPOSE, Duration.ofSeconds(5))) {
      assertThat(lock.directory()).isEqualTo(ours.directory());
      assertThat(lock.condition().orElseThrow().isAbandoned()).isFalse();
      assertThat(metrics.live().holder().map(LockLive.Present::who))
          .contains(new LockHolder.OurOperation(LockPurpose.Kind.OTHER));
      assertThatThrownBy(() -> lock.breakIt(metrics)).isInstanceOf(LockException.class);
      held.wrote(1);
    }
    assertThat(metrics.live()).isEqualTo(LockLive.IDLE);
    assertThat(lock.condition()).isEmpty();
  }

  @Test
  void aHolderWhoseLockWasBrokenNoticesBeforeItsCommit() throws Exception {
    try (ProperLockfile theirs = new ProperLockfile(target, new LockMetrics(), Clock.systemUTC());
        ProperLockfile.Held held = theirs.acquire(PURPOSE, Duration.ofSeconds(5))) {
      Files.setLastModifiedTime(
          directory, FileTime.from(Instant.now().minus(Duration.ofSeconds(60))));
      lock.breakIt(metrics);
      assertThatThrownBy(held::checkNotCompromised).isInstanceOf(LockCompromisedException.class);
    }
  }
}
