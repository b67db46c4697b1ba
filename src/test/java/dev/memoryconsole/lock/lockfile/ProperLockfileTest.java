package dev.memoryconsole.lock.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.StoreLock.Held;
import dev.memoryconsole.lock.record.LockMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Taking the lock, holding it, and waiting for whoever holds it. */
@Timeout(60)
@Tag("slow")
class ProperLockfileTest extends LockfileTestBase {
  @Test
  @EnabledOnOs(OS.LINUX)
  void aHolderThatNeverLetsGoIsNamedInTheErrorAndInTheRecord() throws Exception {
    LockHolder.Foreign named = new LockHolder.Foreign(ProcessHandle.current().pid(), "java");
    ProperLockfile asking = new ProperLockfile(target, new LockMetrics(), Clock.systemUTC());
    opened.add(asking);
    try (Held _ = asking.acquire(PURPOSE, PATIENT)) {
      for (boolean watched : List.of(false, true)) {
        ProperLockfile impatient = lock();
        if (watched) {
          impatient.watchOthers();
          await().until(() -> metrics.live().holder().isPresent());
        }
        assertThatThrownBy(() -> impatient.acquire(PURPOSE, Duration.ofMillis(100)))
            .isInstanceOf(LockException.class)
            .hasMessageContaining("is held by java (process " + named.pid() + "): held for");
        assertThat(metrics.events(0, Long.MAX_VALUE / 1_000_000))
            .filteredOn(LockAcquisition::observed)
            .hasSize(watched ? 2 : 1)
            .allSatisfy(event -> assertThat(event.holder()).isEqualTo(named));
      }
      assertThat(metrics.live().holder().orElseThrow().who()).isEqualTo(named);
    }
    // The rest of the hold, which the watch saw end, is named too and counted once.
    await()
        .untilAsserted(
            () ->
                assertThat(metrics.events(0, Long.MAX_VALUE / 1_000_000))
                    .filteredOn(LockAcquisition::observed)
                    .hasSize(3)
                    .allSatisfy(event -> assertThat(event.holder()).isEqualTo(named)));
  }

  @Test
  void isADirectoryBesideItsTargetWhileHeld() throws Exception {
    ProperLockfile lock = lock();
    assertThat(target).doesNotExist();
    Held held = lock.acquire(PURPOSE, PATIENT);
    try (held) {
      assertThat(target).exists();
      assertThat(artifact).isDirectory();
      held.checkNotCompromised();
      held.wrote(3);
    }
    assertThat(artifact).doesNotExist();
    assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.RELEASED);
    assertThat(held.event().rows()).isEqualTo(3);
    assertThat(metrics.summary().acquisitions()).isOne();
  }

  @Test
  void workThatWasGivenUpCountsAsRolledBack() throws Exception {
    Held held = lock().acquire(PURPOSE, PATIENT);
    held.close();
    held.close();
    assertThat(held.event().outcome()).isEqualTo(LockAcquisition.Outcome.ROLLED_BACK);
    assertThat(metrics.summary().acquisitions()).isOne();
  }

  @Test
  void linksToOneTargetAreOneLock() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    try (ProperLockfile one = open(real.resolve("t"));
        ProperLockfile other = open(link.resolve("t"))) {
      assertThat(other.directory()).isEqualTo(one.directory());
    }
  }

  private ProperLockfile open(Path path) {
    return new ProperLockfile(path, metrics, Clock.systemUTC());
  }

  @Test
  void waitingEndsWithTheHoldersAge() throws Exception {
    Files.createDirectory(artifact);
    Instant twoSecondsAgo = Instant.now().minusSeconds(2);
    Files.setLastModifiedTime(artifact, FileTime.from(twoSecondsAgo));
    ProperLockfile lock = lock();
    assertThatThrownBy(() -> lock.acquire(PURPOSE, Duration.ofMillis(1_200)))
        .isInstanceOf(LockException.class)
        .hasMessageContaining(artifact.toString())
        .hasMessageMatching(".* held for at least \\d s, last sign of life [3-9] s ago; .*");
    assertThat(artifact).isDirectory();
    assertThat(metrics.summary().acquisitions()).isZero();
    assertThat(metrics.summary().waits().max()).isGreaterThan(1_000);
  }

  @Test
  void waitingBehindOurselvesEndsToo() throws Exception {
    ProperLockfile lock = lock();
    try (Held held = lock.acquire(PURPOSE, PATIENT)) {
      assertThatThrownBy(() -> lock.acquire(PURPOSE, Duration.ofMillis(50)))
          .isInstanceOf(LockException.class)
          .hasMessageContaining("this program itself");
      held.checkNotCompromised();
    }
  }

  @Test
  void aReleasedLockIsTakenByWhoWaits() throws Exception {
    ProperLockfile one = lock();
    ProperLockfile other = lock();
    Held held = one.acquire(PURPOSE, PATIENT);
    CompletableFuture<Held> next = acquireElsewhere(other);
    await().during(Duration.ofMillis(200)).until(() -> !next.isDone());
    held.close();
    next.get(10, TimeUnit.SECONDS).close();
    assertThat(artifact).doesNotExist();
  }

  private static CompletableFuture<Held> acquireElsewhere(ProperLockfile lock) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return lock.acquire(PURPOSE, PATIENT);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void aHeldLockStaysFresh() throws Exception {
    try (Held held = lock(QUICK).acquire(PURPOSE, PATIENT)) {
      FileTime first = Files.getLastModifiedTime(artifact);
      await().until(() -> Files.getLastModifiedTime(artifact).compareTo(first) > 0);
      held.checkNotCompromised();
    }
  }

  @Test
  void anInterruptEndsTheWaitingAndLeavesNothing() throws Exception {
    Files.createDirectory(artifact);
    ProperLockfile lock = lock();
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread waiter =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    lock.acquire(PURPOSE, PATIENT).close();
                  } catch (InterruptedException e) {
                    end.set(e);
                  }
                });
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    waiter.interrupt();
    waiter.join();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    Files.delete(artifact);
    lock.acquire(PURPOSE, Duration.ofSeconds(5)).close();
  }

  @Test
  void closingEndsTheWaiting() throws Exception {
    Files.createDirectory(artifact);
    ProperLockfile lock = lock();
    CompletableFuture<Held> waiting = acquireElsewhere(lock);
    lock.close();
    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(LockException.class)
        .hasMessageContaining("was closed");
  }

  @Test
  void threadsAndObjectsExcludeEachOther() throws Exception {
    List<ProperLockfile> locks = List.of(lock(), lock());
    Path counter = Files.writeString(folder.resolve("counter"), "0");
    AtomicInteger inside = new AtomicInteger();
    int threads = 6;
    int each = 20;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        ProperLockfile lock = locks.get(i % locks.size());
        all.add(
            executor.submit(
                () -> {
                  for (int n = 0; n < each; n++) {
                    count(lock, counter, inside);
                  }
                  return 0;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(counter).hasContent(String.valueOf(threads * each));
    assertThat(metrics.summary().acquisitions()).isEqualTo((long) threads * each);
    assertThat(artifact).doesNotExist();
  }

  private static void count(ProperLockfile lock, Path counter, AtomicInteger inside)
      throws InterruptedException, IOException {
    try (Held held = lock.acquire(PURPOSE, PATIENT)) {
      assertThat(inside.incrementAndGet()).isOne();
      int value = Integer.parseInt(Files.readString(counter));
      held.checkNotCompromised();
      Files.writeString(counter, String.valueOf(value + 1));
      inside.decrementAndGet();
      held.wrote(1);
    }
  }
}
