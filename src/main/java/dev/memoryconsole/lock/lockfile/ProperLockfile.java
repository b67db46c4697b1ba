package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockAttempts;
import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.record.PolledLock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lock that programs on Node share through the npm package {@code proper-lockfile} 4.1.2: the
 * directory {@code <target>.lock}, whose making is atomic and whose time of change is its holder's
 * sign of life. Interoperable both ways.
 *
 * <p>Safe for use by many threads: those of this object queue up fairly, then the directory is
 * polled, at random intervals so that nobody keeps in step with us.
 */
public final class ProperLockfile extends PolledLock {
  private static final Duration LEAST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  /**
   * What the file that the lock is named after holds if it was made here; the plugin's is empty.
   */
  public static final String MADE_BY_US = "Made by Memory Console.\n";

  private final Path target;
  private final LockDirectory directory;
  private final LockMetrics metrics;
  private final Clock clock;
  private final LockfileTiming timing;
  private final ScheduledThreadPoolExecutor refresher;
  private final OwnHolds own = new OwnHolds();
  private volatile @Nullable LockWatch watch;

  /**
   * Takes the lock with the times that the plugin uses.
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
    super(metrics, LEAST_PAUSE, LONGEST_PAUSE);
    this.target = canonical(target);
    this.directory = new LockDirectory(Path.of(this.target + ".lock"), clock);
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
    return new LockException(LockCode.FILE_UNREACHABLE.with(target), e);
  }

  /** Makes the file that the others find the lock by. */
  @Override
  protected void prepare() {
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
    return directory.path();
  }

  @Override
  public LockInspection inspection() {
    return new LockfileInspection(target, clock, timing);
  }

  @Override
  public synchronized void watchOthers() {
    if (watch == null && !isClosed()) {
      watch = LockWatch.start(directory, own, this::pacing, metrics, clock);
    }
  }

  /** Told from when {@link #watchOthers} has seen others come; at once if nobody was seen. */
  @Override
  public void awaitMoment() throws InterruptedException {
    long begun = System.nanoTime();
    while (!isClosed()) {
      long now = System.nanoTime();
      long left = pacing().patienceNanos() - (now - begun);
      long pause = Math.min(left, pacing().pauseNanos(now));
      if (pause <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, LONGEST_PAUSE.toNanos()));
    }
  }

  @Override
  protected LockAttempts attempts() {
    return new LockfileAttempts(directory, timing, clock, own, refresher, metrics, () -> watch);
  }

  @Override
  protected LockException behindOurselves(Duration patience) {
    return new LockException(Waiting.behindOurselves(directory.lock(), patience));
  }

  @Override
  protected LockException closedMeanwhile() {
    return new LockException(LockCode.CLOSED.with(directory.lock()));
  }

  @Override
  protected void released(long from, long to) {
    own.ended(to);
  }

  @Override
  protected void unused() {
    refresher.shutdown();
  }

  @Override
  public void close() {
    super.close();
    LockWatch watching;
    synchronized (this) {
      watching = watch;
      watch = null;
    }
    if (watching != null) {
      watching.close();
    }
  }
}
