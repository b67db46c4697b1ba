package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.StoreLock;
import dev.memoryconsole.lock.lockfile.LockDirectory.Sighting;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.record.TimedHold;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock that programs on Node share through the npm package {@code proper-lockfile} 4.1.2: the
 * directory {@code <target>.lock}, whose making is atomic and whose time of change is its holder's
 * sign of life. Interoperable both ways.
 *
 * <p>Safe for use by many threads: those of this object queue up fairly, then the directory is
 * polled, at random intervals so that nobody keeps in step with us.
 */
public final class ProperLockfile implements StoreLock {
  private static final long LEAST_PAUSE_NANOS = 10_000_000;
  private static final long LONGEST_PAUSE_NANOS = 50_000_000;

  /**
   * Who saw the same abandoned lock as we did may remove it just after we took it over, and ours
   * with it: such a one has shown itself by then.
   */
  private static final long SETTLING_MILLIS = 100;

  /** Who stood still for longer looks again before it removes what it saw. */
  private static final Duration LONGEST_LOOK = Duration.ofMillis(100);

  /**
   * What the file that the lock is named after holds if it was made here; the plugin's is empty.
   */
  public static final String MADE_BY_US = "Made by Memory Console.\n";

  private static final Logger LOG = LoggerFactory.getLogger(ProperLockfile.class);

  private final Path target;
  private final LockDirectory artifact;
  private final LockMetrics metrics;
  private final Clock clock;
  private final LockfileTiming timing;
  private final Semaphore queue = new Semaphore(1, true);
  private final ScheduledThreadPoolExecutor refresher;
  private final OwnHolds own = new OwnHolds();
  private volatile LockPacing pacing = LockPacing.NONE;
  private volatile @Nullable LockWatch watch;
  private volatile boolean closed;

  /**
   * As the plugin uses it.
   *
   * @param target the file that the lock is named after; made by the first {@link #acquire} if it
   *     is not there
   * @throws LockException if its folder is not there
   */
  public ProperLockfile(Path target, LockMetrics metrics, Clock clock) {
    this(target, metrics, clock, LockfileTiming.DEFAULT);
  }

  /** With times of its own, which every program that shares the lock must use. */
  public ProperLockfile(Path target, LockMetrics metrics, Clock clock, LockfileTiming timing) {
    this.target = canonical(target);
    this.artifact = new LockDirectory(Path.of(this.target + ".lock"), clock);
    this.metrics = metrics;
    this.clock = clock;
    this.timing = timing;
    this.refresher =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("lock-refresh").daemon().factory());
    refresher.setRemoveOnCancelPolicy(true);
  }

  private static Path canonical(Path target) {
    try {
      return target.toRealPath();
    } catch (IOException notThereYet) {
      return canonicalOfNew(target.toAbsolutePath());
    }
  }

  private static Path canonicalOfNew(Path target) {
    Path folder = target.getParent();
    Path name = target.getFileName();
    try {
      if (folder != null && name != null) {
        return folder.toRealPath().resolve(name);
      }
      throw new NoSuchFileException(target.toString());
    } catch (IOException e) {
      throw unreachable(target, e);
    }
  }

  private static LockException unreachable(Path target, IOException e) {
    return new LockException(
        "The lock's file %s can't be made or reached; nothing was changed, allow writing to its folder and try again."
            .formatted(target),
        e);
  }

  /** The others find the lock by it. */
  private void ensureTargetIsThere() {
    try {
      if (!Files.exists(target)) {
        // Whoever finds it can tell that it was not a plugin that made it.
        Files.writeString(target, MADE_BY_US, StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException othersWereFaster) {
      // All that matters is that it is there.
    } catch (IOException e) {
      throw unreachable(target, e);
    }
  }

  /** The directory that is there while the lock is held. */
  public Path directory() {
    return artifact.directory();
  }

  @Override
  public LockInspection inspection() {
    return new LockfileInspection(target, clock, timing);
  }

  @Override
  public synchronized void watchOthers() {
    if (watch == null && !closed) {
      watch = LockWatch.start(artifact, own, () -> pacing, metrics, clock);
    }
  }

  @Override
  public void pacedBy(LockPacing other) {
    pacing = other;
  }

  /** Told from when {@link #watchOthers} has seen others come; at once if nobody was seen. */
  @Override
  public void awaitMoment() throws InterruptedException {
    long begun = System.nanoTime();
    while (!closed) {
      long now = System.nanoTime();
      long left = pacing.patienceNanos() - (now - begun);
      long pause = Math.min(left, pacing.pauseNanos(now));
      if (pause <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, LONGEST_PAUSE_NANOS));
    }
  }

  @Override
  public Held acquire(LockPurpose purpose, Duration patience) throws InterruptedException {
    long asked = System.nanoTime();
    long bound = patience.toNanos();
    ensureTargetIsThere();
    LiveAcquisition shown = metrics.asking(purpose);
    Held held = null;
    try {
      if (!queue.tryAcquire(bound, TimeUnit.NANOSECONDS)) {
        recordTimeout(purpose, shown, asked);
        throw new LockException(Waiting.behindOurselves(directory(), patience));
      }
      try {
        held = poll(purpose, shown, asked, bound);
      } finally {
        if (held == null) {
          queue.release();
        }
      }
    } finally {
      if (held == null) {
        shown.close();
      }
    }
    return held;
  }

  private Held poll(LockPurpose purpose, LiveAcquisition shown, long asked, long bound)
      throws InterruptedException {
    Waiting waiting = new Waiting(timing, clock);
    while (true) {
      if (closed) {
        throw new LockException(
            "The store of the lock %s was closed; nothing was changed.".formatted(directory()));
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Taken taken = attempt(waiting);
      if (taken != null) {
        return held(purpose, shown, asked, taken);
      }
      long left = bound - (System.nanoTime() - asked);
      if (left <= 0) {
        recordTimeout(purpose, shown, asked);
        throw waiting.gaveUp(directory(), Duration.ofNanos(bound), metrics, watch);
      }
      TimeUnit.NANOSECONDS.sleep(
          Math.min(
              left, ThreadLocalRandom.current().nextLong(LEAST_PAUSE_NANOS, LONGEST_PAUSE_NANOS)));
    }
  }

  private Held held(LockPurpose purpose, LiveAcquisition shown, long asked, Taken taken) {
    taken.hold.keepFresh(refresher);
    return new TimedHold(
        purpose,
        shown,
        clock,
        asked,
        taken.at,
        taken.over,
        taken.hold,
        (from, to) -> {
          own.ended(to);
          pacing.weHeld(from, to);
          queue.release();
        });
  }

  private record Taken(long at, boolean over, LockfileLease hold) {}

  private @Nullable Taken attempt(Waiting waiting) throws InterruptedException {
    Taken taken = take(false);
    if (taken != null) {
      return taken;
    }
    Sighting seen = artifact.look();
    if (seen == null) {
      return take(false);
    }
    waiting.saw(seen);
    if (!waiting.isAbandoned()) {
      return null;
    }
    // Somebody else may have taken it over since: a second look right before makes that gap small.
    Stopwatch looked = Stopwatch.start(clock);
    Sighting again = artifact.look();
    if (!seen.equals(again) || looked.elapsed().compareTo(LONGEST_LOOK) > 0) {
      return null;
    }
    LOG.info("Taking over {}, without a change since {}", directory(), seen.touched());
    artifact.remove();
    return settled(take(true));
  }

  private @Nullable Taken take(boolean over) {
    own.began(System.nanoTime());
    Taken taken = null;
    try {
      taken = made(over);
      return taken;
    } finally {
      if (taken == null) {
        own.missed();
      }
    }
  }

  /**
   * Makes the directory and signs it. Null if it is there already, or if that took so long that
   * somebody may have taken ours for abandoned: then what is there now may be theirs, and is left
   * alone.
   */
  private @Nullable Taken made(boolean over) {
    Stopwatch since = Stopwatch.start(clock);
    if (!artifact.make()) {
      return null;
    }
    long at = System.nanoTime();
    DirectoryGrip grip = null;
    LockfileLease hold = null;
    try {
      grip = DirectoryGrip.on(directory());
      if (isOverdue(since)) {
        return null;
      }
      FileTime sign = artifact.touch(grip);
      if (isOverdue(since)) {
        return null;
      }
      hold = new LockfileLease(artifact, timing, clock, grip, sign, since);
      return new Taken(at, over, hold);
    } catch (NoSuchFileException | NotDirectoryException removedByWhoTookOverWithUs) {
      return null;
    } catch (IOException e) {
      if (!isOverdue(since)) {
        artifact.remove();
      }
      throw new LockException(
          "The lock %s can't be refreshed, so it would not last; nothing was changed, see that its disk keeps times of change."
              .formatted(directory()),
          e);
    } finally {
      if (grip != null && hold == null) {
        grip.close();
      }
    }
  }

  private boolean isOverdue(Stopwatch since) {
    boolean overdue = since.elapsed().compareTo(timing.trusted()) > 0;
    if (overdue) {
      LOG.warn(
          "{} may have been taken over while this program stood still for {} s; tried again",
          directory(),
          since.elapsed().toSeconds());
    }
    return overdue;
  }

  private @Nullable Taken settled(@Nullable Taken taken) throws InterruptedException {
    if (taken == null) {
      return null;
    }
    boolean ours = false;
    try {
      TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
      ours = taken.hold.isOurs();
    } finally {
      if (!ours) {
        taken.hold.release();
        own.ended(System.nanoTime());
      }
    }
    return ours ? taken : null;
  }

  private void recordTimeout(LockPurpose purpose, LiveAcquisition shown, long asked) {
    long wait = System.nanoTime() - asked;
    shown.ended(
        new LockAcquisition(
            purpose, clock.millis(), wait, 0, 0, LockAcquisition.Outcome.TIMED_OUT));
  }

  @Override
  public void close() {
    LockWatch watching;
    synchronized (this) {
      closed = true;
      watching = watch;
      watch = null;
    }
    if (watching != null) {
      watching.close();
    }
    refresher.shutdown();
  }
}
