package dev.memoryconsole.lock;

import dev.memoryconsole.lock.LockArtifact.Sighting;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lock's directory while it is ours, or ought to be. Thread-safe. */
final class LockHold {
  private static final long RETRY_MILLIS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(LockHold.class);

  private final LockArtifact artifact;
  private final LockTiming timing;
  private final Clock clock;
  private FileTime sign;
  private long signedAt = System.nanoTime();
  private @Nullable String compromise;
  private boolean released;
  private @Nullable ScheduledFuture<?> next;

  /**
   * Of a directory that was just made.
   *
   * @param sign our sign of life in it
   */
  LockHold(LockArtifact artifact, LockTiming timing, Clock clock, FileTime sign) {
    this.artifact = artifact;
    this.timing = timing;
    this.clock = clock;
    this.sign = sign;
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
        LOG.debug("{} is held while its store is closed", artifact.directory(), closing);
      }
    }
  }

  private synchronized void refresh(ScheduledExecutorService refresher) {
    if (released) {
      return;
    }
    try {
      check();
      sign = artifact.touch();
      signedAt = System.nanoTime();
      schedule(refresher, timing.refresh().toMillis());
    } catch (NoSuchFileException gone) {
      compromised("somebody removed it");
    } catch (LockCompromisedException noted) {
      LOG.warn("{}", noted.getMessage());
    } catch (IOException | LockException e) {
      // Until it is stale there is time to try again.
      LOG.warn("{} could not be refreshed", artifact.directory(), e);
      schedule(refresher, RETRY_MILLIS);
    }
  }

  /** Throws if it is not ours any more. */
  synchronized void check() {
    if (compromise == null) {
      Duration silence = silence();
      Sighting seen = artifact.look();
      if (seen == null) {
        compromised("somebody removed it");
      } else if (!seen.touched().equals(sign)) {
        compromised("somebody else took it over");
      } else if (silence.compareTo(timing.stale()) > 0) {
        // Still ours, but at any instant somebody may find it abandoned.
        compromised("this program stood still for %d s".formatted(silence.toSeconds()));
      }
    }
    if (compromise != null) {
      throw new LockCompromisedException(
          "The lock %s was lost because %s; nothing was written under it, it is tried again or can be."
              .formatted(artifact.directory(), compromise));
    }
  }

  // Two clocks: one stands still while the machine sleeps, the other one may be set.
  private Duration silence() {
    Duration byClock = Duration.between(sign.toInstant(), clock.instant());
    Duration byTimer = Duration.ofNanos(System.nanoTime() - signedAt);
    return byClock.compareTo(byTimer) > 0 ? byClock : byTimer;
  }

  private void compromised(String how) {
    compromise = how;
  }

  synchronized boolean isCompromised() {
    return compromise != null;
  }

  /** Whether the directory is there and has our sign. */
  synchronized boolean isOurs() {
    Sighting seen = artifact.look();
    return seen != null && seen.touched().equals(sign);
  }

  /** Lets go of it: the directory is removed if it is ours. */
  synchronized void release() {
    if (released) {
      return;
    }
    released = true;
    if (next != null) {
      next.cancel(false);
    }
    try {
      if (isOurs()) {
        artifact.remove();
      } else if (compromise == null) {
        compromised("somebody else took it over");
        LOG.warn("{} was not ours any more when it was released", artifact.directory());
      }
    } catch (LockException e) {
      // It is found abandoned by the next one who wants it.
      LOG.warn("{} could not be released", artifact.directory(), e);
    }
  }
}
