package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockCompromisedException;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lock's directory while it is ours, or ought to be. Thread-safe. */
final class LockfileLease implements LockLease {
  private static final long RETRY_MILLIS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(LockfileLease.class);

  private final LockDirectory directory;
  private final LockfileTiming timing;
  private final Clock clock;
  private final DirectoryGrip grip;
  private final long since;
  private final boolean takenOver;
  private FileTime sign;
  // Begun before the sign was given, so that it is never thought younger than others find it.
  private Stopwatch signed;
  private @Nullable Message compromise;
  private boolean released;
  private @Nullable ScheduledFuture<?> next;

  /**
   * Holds a directory that was just made.
   *
   * @param grip on it; this hold's own from now on
   * @param sign our sign of life in it
   * @param signed begun before it was made
   * @param since when it was made ({@link System#nanoTime})
   * @param takenOver whether it takes the place of one whose holder had abandoned it
   */
  LockfileLease(
      LockDirectory directory,
      LockfileTiming timing,
      Clock clock,
      DirectoryGrip grip,
      FileTime sign,
      Stopwatch signed,
      long since,
      boolean takenOver) {
    this.directory = directory;
    this.timing = timing;
    this.clock = clock;
    this.grip = grip;
    this.sign = sign;
    this.signed = signed;
    this.since = since;
    this.takenOver = takenOver;
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public boolean isTakenOver() {
    return takenOver;
  }

  /** Gives a sign of life again and again until released. */
  synchronized void keepFresh(ScheduledExecutorService refresher) {
    schedule(refresher, timing.refresh().toMillis());
  }

  private void schedule(ScheduledExecutorService refresher, long millis) {
    if (!released && compromise == null) {
      try {
        next = refresher.schedule(() -> refresh(refresher), millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closing) {
        LOG.debug("{} is held while its store is closed", directory.path(), closing);
      }
    }
  }

  private synchronized void refresh(ScheduledExecutorService refresher) {
    if (released) {
      return;
    }
    try {
      check();
      Stopwatch before = signed;
      signed = Stopwatch.start(clock);
      sign = directory.touch(grip);
      // Between the look and the sign this program may have stood still.
      if (isOverdue(before)) {
        stoodStill(before);
        LOG.warn("{} was lost because {}", directory.path(), inWords(compromise));
      } else {
        schedule(refresher, timing.refresh().toMillis());
      }
    } catch (NoSuchFileException gone) {
      compromised(LockCode.REMOVED.with());
    } catch (LockCompromisedException noted) {
      LOG.warn("{}", noted.getMessage());
    } catch (IOException | LockException e) {
      // Until it is stale there is time to try again.
      LOG.warn("{} could not be refreshed", directory.path(), e);
      schedule(refresher, RETRY_MILLIS);
    }
  }

  @Override
  public synchronized void check() {
    if (compromise == null) {
      Sighting seen = directory.look();
      if (seen == null) {
        compromised(LockCode.REMOVED.with());
      } else if (!isOurs(seen)) {
        compromised(LockCode.TAKEN_OVER.with());
      } else if (isOverdue(signed)) {
        // Still ours, but at any instant somebody may find it abandoned. Asked last: the look
        // itself may have taken long.
        stoodStill(signed);
      }
    }
    if (compromise != null) {
      throw new LockCompromisedException(LockCode.LOST.with(directory.lock(), compromise));
    }
  }

  private boolean isOurs(Sighting seen) {
    return grip.isOn(seen) && seen.touched().equals(sign);
  }

  private boolean isOverdue(Stopwatch since) {
    return since.elapsed().compareTo(timing.trusted()) > 0;
  }

  private void stoodStill(Stopwatch since) {
    compromised(LockCode.STOOD_STILL.with(since.elapsed().toSeconds()));
  }

  private static String inWords(@Nullable Message how) {
    return how == null ? "" : Wording.ENGLISH.of(how);
  }

  private void compromised(Message how) {
    compromise = how;
  }

  @Override
  public synchronized boolean isCompromised() {
    return compromise != null;
  }

  /** Whether the directory is there, is the one we made and has our sign, given just now. */
  synchronized boolean isOurs() {
    Sighting seen = directory.look();
    return seen != null && isOurs(seen) && !isOverdue(signed);
  }

  /**
   * Lets go of it: the directory is removed if it is ours. After we stood still too long, what we
   * find is not ours to remove, even if it looks as we left it: somebody may be taking it over
   * right now, and whoever wants it finds it abandoned.
   */
  @Override
  public synchronized void release() {
    if (released) {
      return;
    }
    released = true;
    if (next != null) {
      next.cancel(false);
    }
    try {
      if (compromise == null) {
        check();
        directory.remove();
        if (isOverdue(signed)) {
          stoodStill(signed);
          LOG.warn("{}: while it was released {}", directory.path(), inWords(compromise));
        }
      }
    } catch (LockCompromisedException noted) {
      LOG.warn("When it was released: {}", noted.getMessage());
    } catch (LockException e) {
      // It is found abandoned by the next one who wants it.
      LOG.warn("{} could not be released", directory.path(), e);
    } finally {
      grip.close();
    }
  }
}
