package dev.memoryconsole.lock.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.LockPurpose.Kind;
import dev.memoryconsole.lock.StoreLock;
import dev.memoryconsole.lock.record.LockMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockWatchTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(Kind.OTHER);

  @TempDir Path folder;
  private final LockMetrics metrics = new LockMetrics();
  private Path target;
  private Path artifact;

  @BeforeEach
  void paths() {
    target = folder.resolve("target");
    artifact = folder.resolve("target.lock");
  }

  private List<LockAcquisition> seen() {
    List<LockAcquisition> seen = new ArrayList<>();
    metrics.read(
        0,
        event -> {
          if (event.observed()) {
            seen.add(event);
          }
        });
    return seen;
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
  }

  private void holdAsAnother(Duration duration) throws IOException {
    Files.createDirectory(artifact);
    soon().until(() -> metrics.live().holder().isPresent());
    soon().pollDelay(duration).until(() -> true);
    Files.delete(artifact);
  }

  @Test
  void holdsOfOthersAreRecordedAndShownWhileTheyLast() throws Exception {
    try (ProperLockfile lock = new ProperLockfile(target, metrics, Clock.systemUTC())) {
      lock.watchOthers();
      holdAsAnother(Duration.ofMillis(60));
      soon().until(() -> seen().size() == 1);
      LockAcquisition event = seen().getFirst();
      assertThat(event.holder()).isEqualTo(LockHolder.Foreign.UNKNOWN);
      assertThat(event.holdNanos()).isGreaterThan(50_000_000L);
      assertThat(metrics.live().holder()).isEmpty();
      holdAsAnother(Duration.ofMillis(20));
      soon().until(() -> seen().size() == 2);
    }
    // Ours are the summary's, theirs are not.
    assertThat(metrics.summary().acquisitions()).isZero();
  }

  @Test
  void aLockThatIsHeldWhenTheWatchBeginsIsShown() throws Exception {
    Files.createDirectory(artifact);
    try (ProperLockfile lock = new ProperLockfile(target, metrics, Clock.systemUTC())) {
      lock.watchOthers();
      soon().until(() -> metrics.live().holder().isPresent());
    }
    assertThat(metrics.live().holder()).isEmpty();
  }

  @Test
  void ourOwnHoldsAreNotTakenForOthers() throws Exception {
    try (ProperLockfile lock = new ProperLockfile(target, metrics, Clock.systemUTC())) {
      lock.watchOthers();
      for (int i = 0; i < 50; i++) {
        try (StoreLock.Held held = lock.acquire(PURPOSE, Duration.ofSeconds(5))) {
          assertThat(metrics.live().holder()).isPresent();
          held.wrote(1);
        }
      }
      holdAsAnother(Duration.ofMillis(50));
      soon().until(() -> !seen().isEmpty());
      assertThat(seen()).hasSize(1);
    }
    assertThat(metrics.summary().acquisitions()).isEqualTo(50);
  }

  @Test
  void withoutMessagesFromTheSystemItLooks() throws Exception {
    LockDirectory directory = new LockDirectory(artifact, Clock.systemUTC());
    try (LockWatch watch =
        LockWatch.start(
            directory, new OwnHolds(), () -> LockPacing.NONE, metrics, Clock.systemUTC(), null)) {
      holdAsAnother(Duration.ofMillis(100));
      soon().until(() -> seen().size() == 1);
      assertThat(watch).isNotNull();
    }
  }

  /** Waits while somebody else holds the lock. */
  private static final class Behind implements LockPacing {
    private final AtomicBoolean held = new AtomicBoolean();

    @Override
    public void othersTook() {
      held.set(true);
    }

    @Override
    public void othersHeld(long from, long to) {
      held.set(false);
    }

    @Override
    public long pauseNanos(long now) {
      return held.get() ? 1_000_000 : 0;
    }

    @Override
    public long patienceNanos() {
      return Duration.ofSeconds(30).toNanos();
    }
  }

  @Test
  void theMomentToTakeTheLockIsChosenByWhatIsSeenOfOthers() throws Exception {
    try (ProperLockfile lock = new ProperLockfile(target, metrics, Clock.systemUTC())) {
      lock.pacedBy(new Behind());
      lock.watchOthers();
      holdAsAnother(Duration.ofMillis(20));
      soon().until(() -> seen().size() == 1);
      Files.createDirectory(artifact);
      soon().until(() -> metrics.live().holder().isPresent());
      AtomicBoolean released = new AtomicBoolean();
      Thread holder =
          Thread.ofPlatform()
              .start(
                  () -> {
                    soon().pollDelay(Duration.ofMillis(100)).until(() -> true);
                    released.set(true);
                    artifact.toFile().delete();
                  });
      lock.awaitMoment();
      assertThat(released).isTrue();
      holder.join();
    }
  }

  @Test
  void theWatchEndsWithTheLock() {
    ProperLockfile lock = new ProperLockfile(target, metrics, Clock.systemUTC());
    lock.watchOthers();
    assertThat(threads()).isPositive();
    lock.close();
    soon().until(() -> threads() == 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("lock-watch"))
        .count();
  }
}
