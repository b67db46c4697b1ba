package dev.memoryconsole.lock.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCompromisedException;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.StoreLock.Held;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a lock counts as abandoned, and what its holder notices of a takeover. */
@Timeout(60)
@Tag("slow")
class LockfileTakeoverTest extends LockfileTestBase {
  @Test
  void anAbandonedLockIsTakenOver() throws Exception {
    Files.createDirectory(artifact);
    Files.setLastModifiedTime(artifact, FileTime.from(Instant.now().minusSeconds(11)));
    Held held = lock(QUICK).acquire(PURPOSE, Duration.ofSeconds(5));
    try (held) {
      held.checkNotCompromised();
      held.wrote(1);
    }
    assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.TAKEN_OVER);
    assertThat(artifact).doesNotExist();
  }

  /** A clock was set back since, or was ahead: nobody will ever find it old. */
  @Test
  void anAbandonedLockThatIsDatedInTheFutureIsTakenOver() throws Exception {
    Files.createDirectory(artifact);
    Files.setLastModifiedTime(artifact, FileTime.from(Instant.now().plusSeconds(3_600)));
    ProperLockfile lock = lock(QUICK);
    assertThatThrownBy(() -> lock.acquire(PURPOSE, Duration.ofMillis(1_200)))
        .isInstanceOf(LockException.class)
        .hasMessageMatching(
            ".* last sign of life dated 3[0-9]+ s in the future and unchanged for .*");
    assertThat(artifact).isDirectory();
    Held held = lock.acquire(PURPOSE, PATIENT);
    try (held) {
      held.checkNotCompromised();
      held.wrote(1);
    }
    assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.TAKEN_OVER);
    assertThat(artifact).doesNotExist();
  }

  /** Its clock is an hour behind ours, or ours was set ahead: that does not make it dead. */
  @ParameterizedTest
  @ValueSource(longs = {-3_600, 3_600})
  void aHolderThatGivesSignsOfLifeLivesWhateverItsClockSays(long seconds) throws Exception {
    Files.createDirectory(artifact);
    AtomicBoolean alive = new AtomicBoolean(true);
    Thread holder =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (alive.get()) {
                    FileTime sign = FileTime.from(Instant.now().plusSeconds(seconds));
                    artifact.toFile().setLastModified(sign.toMillis());
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                  }
                });
    ProperLockfile lock = lock(QUICK);
    assertThatThrownBy(() -> lock.acquire(PURPOSE, Duration.ofSeconds(4)))
        .isInstanceOf(LockException.class);
    assertThat(artifact).isDirectory();
    alive.set(false);
    holder.join();
  }

  @Test
  void aRemovedDirectoryIsNoticedBeforeTheCommit() throws Exception {
    Held held = lock().acquire(PURPOSE, PATIENT);
    Files.delete(artifact);
    assertThatThrownBy(held::checkNotCompromised)
        .isInstanceOf(LockCompromisedException.class)
        .hasMessageContaining("somebody removed it");
    held.close();
    assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.COMPROMISED);
  }

  @Test
  void aLockThatOthersTookOverIsTheirs() throws Exception {
    Held held = lock().acquire(PURPOSE, PATIENT);
    Files.delete(artifact);
    Files.createDirectory(artifact);
    assertThatThrownBy(held::checkNotCompromised)
        .isInstanceOf(LockCompromisedException.class)
        .hasMessageContaining("took it over");
    held.close();
    assertThat(artifact).isDirectory();
  }

  @Test
  void aTakeoverThatIsNoticedOnReleaseIsRecorded() throws Exception {
    Held held = lock().acquire(PURPOSE, PATIENT);
    Files.delete(artifact);
    Files.createDirectory(artifact);
    held.wrote(1);
    held.close();
    assertThat(artifact).isDirectory();
    assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.COMPROMISED);
  }

  @Test
  void theRefresherNoticesATakeover() throws Exception {
    Held held = lock(QUICK).acquire(PURPOSE, PATIENT);
    Files.delete(artifact);
    Files.createDirectory(artifact);
    FileTime theirs = FileTime.from(Instant.now().minusSeconds(1));
    Files.setLastModifiedTime(artifact, theirs);
    await()
        .during(Duration.ofMillis(600))
        .until(() -> Files.getLastModifiedTime(artifact).equals(theirs));
    assertThatThrownBy(held::checkNotCompromised).isInstanceOf(LockCompromisedException.class);
    held.close();
  }

  @Test
  void aProgramThatStoodStillTooLongGivesUp() throws Exception {
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    Clock clock = new SteppedClock(ahead);
    try (ProperLockfile lock = new ProperLockfile(target, metrics, clock)) {
      Held held = lock.acquire(PURPOSE, PATIENT);
      ahead.set(Duration.ofSeconds(11));
      assertThatThrownBy(held::checkNotCompromised)
          .isInstanceOf(LockCompromisedException.class)
          .hasMessageContaining("stood still");
      held.close();
      // Whoever wants it may be taking it over right now: not ours to remove any more.
      assertThat(artifact).isDirectory();
      assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.COMPROMISED);
    }
  }

  @Test
  void aTakeoverThatLooksExactlyLikeOursIsTheirs() throws Exception {
    Held held = lock().acquire(PURPOSE, PATIENT);
    FileTime sign = Files.getLastModifiedTime(artifact);
    Files.delete(artifact);
    Files.createDirectory(artifact);
    Files.setLastModifiedTime(artifact, sign);
    assertThatThrownBy(held::checkNotCompromised).isInstanceOf(LockCompromisedException.class);
    held.close();
    assertThat(artifact).isDirectory();
  }

  /** Old versions of the plugin left one; the plugin itself removes it after five minutes. */
  @Test
  void aFileInTheLocksPlaceIsHeldForFiveMinutesAndThenAbandoned() throws Exception {
    Files.writeString(artifact, "a file");
    ProperLockfile lock = lock(QUICK);
    assertThatThrownBy(() -> lock.acquire(PURPOSE, Duration.ofMillis(2_500)))
        .isInstanceOf(LockException.class)
        .hasMessageContaining("is held by");
    assertThat(artifact).hasContent("a file");
    Files.setLastModifiedTime(artifact, FileTime.from(Instant.now().minusSeconds(301)));
    Held held = lock.acquire(PURPOSE, PATIENT);
    try (held) {
      assertThat(artifact).isDirectory();
    }
    assertThat(artifact).doesNotExist();
  }

  @Test
  void anAbandonedLockWithFilesInItIsLeftAlone() throws Exception {
    Files.createDirectory(artifact);
    Files.writeString(artifact.resolve("x"), "");
    Files.setLastModifiedTime(artifact, FileTime.from(Instant.now().minusSeconds(11)));
    ProperLockfile lock = lock(QUICK);
    assertThatThrownBy(() -> lock.acquire(PURPOSE, PATIENT))
        .isInstanceOf(LockException.class)
        .hasMessageContaining("has files in it");
    assertThat(artifact.resolve("x")).exists();
  }
}
