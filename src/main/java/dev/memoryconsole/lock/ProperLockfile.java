package dev.memoryconsole.lock;

import dev.memoryconsole.lock.LockArtifact.Sighting;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
public final class ProperLockfile implements AutoCloseable {
  private static final long LEAST_PAUSE_NANOS = 10_000_000;
  private static final long LONGEST_PAUSE_NANOS = 50_000_000;

  /**
   * Who saw the same abandoned lock as we did may remove it just after we took it over, and ours
   * with it: such a one has shown itself by then.
   */
  private static final long SETTLING_MILLIS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ProperLockfile.class);

  private final Path target;
  private final LockArtifact artifact;
  private final LockMetrics metrics;
  private final Clock clock;
  private final LockTiming timing;
  private final Semaphore queue = new Semaphore(1, true);
  private final ScheduledThreadPoolExecutor refresher;
  private volatile boolean closed;

  /**
   * As the plugin uses it.
   *
   * @param target the file that the lock is named after; made if it is not there
   * @throws LockException if it can't be made
   */
  public ProperLockfile(Path target, LockMetrics metrics, Clock clock) {
    this(target, metrics, clock, LockTiming.DEFAULT);
  }

  /** With times of its own, which every program that shares the lock must use. */
  public ProperLockfile(Path target, LockMetrics metrics, Clock clock, LockTiming timing) {
    this.target = canonical(target);
    this.artifact = new LockArtifact(Path.of(this.target + ".lock"), clock);
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
      ensureThere(target);
      return target.toRealPath();
    } catch (IOException e) {
      throw new LockException(
          "The lock's file %s can't be made or reached; nothing was changed, allow writing to its folder and try again."
              .formatted(target),
          e);
    }
  }

  private static void ensureThere(Path target) throws IOException {
    try {
      if (!Files.exists(target)) {
        Files.createFile(target);
      }
    } catch (FileAlreadyExistsException othersWereFaster) {
      // All that matters is that it is there.
    }
  }

  /** The directory that is there while the lock is held. */
  public Path directory() {
    return artifact.directory();
  }

  /**
   * Waits for the lock and takes it.
   *
   * @param patience how long to wait at most
   * @return what has to be closed to release it
   * @throws LockException if it could not be had in that time, which says for how long its holder
   *     has been holding it, or at all
   * @throws InterruptedException if interrupted while waiting; the lock is not held then
   */
  public Held acquire(LockPurpose purpose, Duration patience) throws InterruptedException {
    long asked = System.nanoTime();
    long bound = patience.toNanos();
    Waiting waiting = new Waiting(clock);
    Acquisition asking = metrics.asking(purpose);
    Held held = null;
    try {
      if (!queue.tryAcquire(bound, TimeUnit.NANOSECONDS)) {
        recordTimeout(asking, purpose, asked);
        throw new LockException(waiting.behindOurselves(directory(), patience));
      }
      try {
        held = poll(asking, purpose, asked, bound, waiting);
      } finally {
        if (held == null) {
          queue.release();
        }
      }
    } finally {
      if (held == null) {
        asking.close();
      }
    }
    return held;
  }

  private Held poll(
      Acquisition asking, LockPurpose purpose, long asked, long bound, Waiting waiting)
      throws InterruptedException {
    while (true) {
      if (closed) {
        throw new LockException(
            "The store of the lock %s was closed; nothing was changed.".formatted(directory()));
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Held held = attempt(asking, purpose, asked, waiting);
      if (held != null) {
        return held;
      }
      long left = bound - (System.nanoTime() - asked);
      if (left <= 0) {
        recordTimeout(asking, purpose, asked);
        throw new LockException(waiting.behindOthers(directory(), Duration.ofNanos(bound)));
      }
      TimeUnit.NANOSECONDS.sleep(
          Math.min(
              left, ThreadLocalRandom.current().nextLong(LEAST_PAUSE_NANOS, LONGEST_PAUSE_NANOS)));
    }
  }

  private @Nullable Held attempt(
      Acquisition asking, LockPurpose purpose, long asked, Waiting waiting)
      throws InterruptedException {
    if (artifact.make()) {
      return own(asking, purpose, asked, false);
    }
    Sighting seen = artifact.look();
    if (seen == null) {
      return artifact.make() ? own(asking, purpose, asked, false) : null;
    }
    waiting.saw(seen);
    if (!isStale(seen)) {
      return null;
    }
    // Somebody else may have taken it over since: a second look right before makes that gap small.
    Sighting again = artifact.look();
    if (again != null && !again.equals(seen)) {
      return null;
    }
    LOG.info("Taking over {}, abandoned since {}", directory(), seen.touched());
    artifact.remove();
    return artifact.make() ? settled(own(asking, purpose, asked, true)) : null;
  }

  private boolean isStale(Sighting seen) {
    return seen.touched().toMillis() < clock.millis() - timing.stale().toMillis();
  }

  private @Nullable Held own(
      Acquisition asking, LockPurpose purpose, long asked, boolean takenOver) {
    long acquired = System.nanoTime();
    try {
      FileTime sign = artifact.touch();
      LockHold hold = new LockHold(artifact, timing, clock, sign);
      return new Held(asking, purpose, asked, acquired, takenOver, hold);
    } catch (NoSuchFileException removedByWhoTookOverWithUs) {
      return null;
    } catch (IOException e) {
      artifact.remove();
      throw new LockException(
          "The lock %s can't be refreshed, so it would not last; nothing was changed, see that its disk keeps times of change."
              .formatted(directory()),
          e);
    }
  }

  private @Nullable Held settled(@Nullable Held held) throws InterruptedException {
    if (held == null) {
      return null;
    }
    boolean ours = false;
    try {
      TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
      ours = held.hold.isOurs();
    } finally {
      if (!ours) {
        held.asking.missed();
        held.hold.release();
      }
    }
    return ours ? held : null;
  }

  private void recordTimeout(Acquisition asking, LockPurpose purpose, long asked) {
    long wait = System.nanoTime() - asked;
    asking.ended(new LockEvent(purpose, clock.millis(), wait, 0, 0, LockEvent.Outcome.TIMED_OUT));
  }

  /** Makes everybody who waits give up; what is held stays held until its own end. */
  @Override
  public void close() {
    closed = true;
    refresher.shutdown();
  }

  /**
   * The lock while it is held. It is refreshed by itself. Thread-safe; may be closed by another
   * thread than the one that acquired it.
   */
  public final class Held implements AutoCloseable {
    private final Acquisition asking;
    private final LockPurpose purpose;
    private final long asked;
    private final long acquired;
    private final long acquiredAt;
    private final boolean takenOver;
    private final LockHold hold;
    private int rows;
    private boolean done;
    private @Nullable LockEvent event;

    private Held(
        Acquisition asking,
        LockPurpose purpose,
        long asked,
        long acquired,
        boolean takenOver,
        LockHold hold) {
      this.asking = asking;
      this.purpose = purpose;
      this.asked = asked;
      this.acquired = acquired;
      this.acquiredAt = clock.millis();
      this.takenOver = takenOver;
      this.hold = hold;
      hold.keepFresh(refresher);
      asking.acquired();
    }

    /**
     * To be called right before what was worked out takes effect.
     *
     * @throws LockCompromisedException if the lock is not ours any more: nothing must be written
     * @throws LockException if that can't be told
     */
    public void checkNotCompromised() {
      hold.check();
    }

    /** The work is done; without this call the acquisition counts as rolled back. */
    public synchronized void wrote(int written) {
      rows = written;
      done = true;
    }

    /** Releases the lock, if it is still ours. A second call does nothing. */
    @Override
    public synchronized void close() {
      if (event != null) {
        return;
      }
      try {
        hold.release();
      } finally {
        long held = System.nanoTime() - acquired;
        event = new LockEvent(purpose, acquiredAt, acquired - asked, held, rows, outcome());
        asking.ended(event);
        queue.release();
      }
    }

    private LockEvent.Outcome outcome() {
      if (hold.isCompromised()) {
        return LockEvent.Outcome.COMPROMISED;
      }
      if (!done) {
        return LockEvent.Outcome.ROLLED_BACK;
      }
      return takenOver ? LockEvent.Outcome.TAKEN_OVER : LockEvent.Outcome.RELEASED;
    }

    /**
     * The acquisition as it was recorded.
     *
     * @throws IllegalStateException before the lock is released
     */
    public synchronized LockEvent event() {
      if (event == null) {
        throw new IllegalStateException("The lock is still held.");
      }
      return event;
    }
  }
}
