package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockAttempts;
import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.lock.record.LockMetrics;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts of one acquisition to make the lock's directory, or to take it over from a holder
 * who shows no sign of life. For one thread.
 */
final class LockfileAttempts implements LockAttempts {
  /**
   * Who saw the same abandoned lock as we did may remove it just after we took it over, and ours
   * with it: such a one has shown itself by then.
   */
  private static final long SETTLING_MILLIS = 100;

  /** Who stood still for longer looks again before it removes what it saw. */
  private static final Duration LONGEST_LOOK = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(LockfileAttempts.class);

  private final LockDirectory directory;
  private final LockfileTiming timing;
  private final Clock clock;
  private final OwnHolds own;
  private final ScheduledExecutorService refresher;
  private final LockMetrics metrics;
  private final Supplier<@Nullable LockWatch> watch;
  private final Waiting waiting;

  /**
   * Has seen nothing yet.
   *
   * @param own told of each directory that was made here
   * @param refresher gives signs of life while the lock is held
   * @param watch what may see the end of a hold that was waited for in vain
   */
  LockfileAttempts(
      LockDirectory directory,
      LockfileTiming timing,
      Clock clock,
      OwnHolds own,
      ScheduledExecutorService refresher,
      LockMetrics metrics,
      Supplier<@Nullable LockWatch> watch) {
    this.directory = directory;
    this.timing = timing;
    this.clock = clock;
    this.own = own;
    this.refresher = refresher;
    this.metrics = metrics;
    this.watch = watch;
    this.waiting = new Waiting(timing, clock);
  }

  @Override
  public @Nullable LockLease next() throws InterruptedException {
    LockfileLease lease = attempt();
    if (lease != null) {
      lease.keepFresh(refresher);
    }
    return lease;
  }

  private @Nullable LockfileLease attempt() throws InterruptedException {
    LockfileLease taken = take(false);
    if (taken != null) {
      return taken;
    }
    Sighting seen = directory.look();
    if (seen == null) {
      return take(false);
    }
    waiting.saw(seen);
    if (!waiting.isAbandoned()) {
      return null;
    }
    // Somebody else may have taken it over since: a second look right before makes that gap small.
    Stopwatch looked = Stopwatch.start(clock);
    Sighting again = directory.look();
    if (!seen.equals(again) || looked.elapsed().compareTo(LONGEST_LOOK) > 0) {
      return null;
    }
    LOG.info("Taking over {}, without a change since {}", directory.path(), seen.touched());
    directory.remove();
    return settled(take(true));
  }

  private @Nullable LockfileLease take(boolean over) {
    own.began(System.nanoTime());
    LockfileLease taken = null;
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
  private @Nullable LockfileLease made(boolean over) {
    Stopwatch since = Stopwatch.start(clock);
    if (!directory.make()) {
      return null;
    }
    long at = System.nanoTime();
    DirectoryGrip grip = null;
    LockfileLease lease = null;
    try {
      grip = DirectoryGrip.on(directory.path());
      if (isOverdue(since)) {
        return null;
      }
      FileTime sign = directory.touch(grip);
      if (isOverdue(since)) {
        return null;
      }
      lease = new LockfileLease(directory, timing, clock, grip, sign, since, at, over);
      return lease;
    } catch (NoSuchFileException | NotDirectoryException removedByWhoTookOverWithUs) {
      return null;
    } catch (IOException e) {
      if (!isOverdue(since)) {
        directory.remove();
      }
      throw new LockException(LockCode.NOT_REFRESHED.with(directory.lock()), e);
    } finally {
      if (grip != null && lease == null) {
        grip.close();
      }
    }
  }

  private boolean isOverdue(Stopwatch since) {
    boolean overdue = since.elapsed().compareTo(timing.trusted()) > 0;
    if (overdue) {
      LOG.warn(
          "{} may have been taken over while this program stood still for {} s; tried again",
          directory.path(),
          since.elapsed().toSeconds());
    }
    return overdue;
  }

  private @Nullable LockfileLease settled(@Nullable LockfileLease taken)
      throws InterruptedException {
    if (taken == null) {
      return null;
    }
    boolean ours = false;
    try {
      TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
      ours = taken.isOurs();
    } finally {
      if (!ours) {
        taken.release();
        own.ended(System.nanoTime());
      }
    }
    return ours ? taken : null;
  }

  @Override
  public LockException gaveUp(Duration patience) {
    return waiting.gaveUp(directory, patience, metrics, watch.get());
  }

  @Override
  public void close() {
    // The directory is looked at by its name: nothing is kept from one attempt to the next.
  }
}
