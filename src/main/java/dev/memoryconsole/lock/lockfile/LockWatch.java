package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees others take and release the lock, by its directory that comes and goes, records it and has
 * their rhythm learned from it. The operating system tells it; where it can't, it looks fifty times
 * a second.
 *
 * <p>One thread of its own, which sleeps while nothing happens. What comes and goes between two
 * looks, or faster than the system tells, is missed.
 */
final class LockWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);
  private static final long LOOK_MILLIS = 20;
  // Just in case the system drops what it should tell.
  private static final long IDLE_MILLIS = 5_000;
  private static final long HELD_MILLIS = 1_000;
  private static final long NANOS_PER_MICRO = 1_000;
  // What the system tells comes in order and whole, but on a busy machine late. Between two looks a
  // whole hold may be missed.
  private static final long TOLD_LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LOOKED_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  private final LockDirectory directory;
  private final OwnHolds own;
  private final Supplier<LockPacing> pacing;
  private final LockMetrics metrics;
  private final Clock clock;
  private final @Nullable WatchService told;
  private final Thread watcher;
  private volatile boolean closed;
  // Guarded by this.
  private boolean present;
  private long since;
  private long recordedUntil;
  private LockHolder.Foreign who = LockHolder.Foreign.UNKNOWN;
  private @Nullable LiveAcquisition shown;

  private LockWatch(
      LockDirectory directory,
      OwnHolds own,
      Supplier<LockPacing> pacing,
      LockMetrics metrics,
      Clock clock,
      @Nullable WatchService told) {
    this.directory = directory;
    this.own = own;
    this.pacing = pacing;
    this.metrics = metrics;
    this.clock = clock;
    this.told = told;
    this.watcher = Thread.ofPlatform().name("lock-watch").daemon().unstarted(this::watch);
  }

  /** Begins to watch. */
  static LockWatch start(
      LockDirectory directory,
      OwnHolds own,
      Supplier<LockPacing> pacing,
      LockMetrics metrics,
      Clock clock) {
    return start(directory, own, pacing, metrics, clock, service(directory.path()));
  }

  /**
   * Begins to watch.
   *
   * @param told null to look again and again
   */
  static LockWatch start(
      LockDirectory directory,
      OwnHolds own,
      Supplier<LockPacing> pacing,
      LockMetrics metrics,
      Clock clock,
      @Nullable WatchService told) {
    LockWatch watch = new LockWatch(directory, own, pacing, metrics, clock, told);
    watch.watcher.start();
    return watch;
  }

  /** The system's messages about the folder; null where they are none or come too late. */
  private static @Nullable WatchService service(Path directory) {
    Path folder = directory.getParent();
    // There Java itself looks, every few seconds.
    boolean late = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    if (folder == null || late) {
      return null;
    }
    WatchService service = null;
    try {
      service = folder.getFileSystem().newWatchService();
      folder.register(
          service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
      return service;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.info("{} is looked at again and again, the system does not tell", directory, e);
      closeQuietly(service);
      return null;
    }
  }

  private static void closeQuietly(@Nullable WatchService service) {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.debug("The watch could not be ended", e);
      }
    }
  }

  private void watch() {
    try {
      look();
      while (!closed) {
        if (told == null) {
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
          look();
        } else {
          listen(told);
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException end) {
      LOG.debug("{} is no longer watched", directory.path());
    } catch (LockException e) {
      LOG.warn("{} is no longer watched", directory.path(), e);
    } finally {
      hide();
    }
  }

  private void listen(WatchService service) throws InterruptedException {
    WatchKey key = service.poll(present ? HELD_MILLIS : IDLE_MILLIS, TimeUnit.MILLISECONDS);
    if (key == null) {
      look();
      return;
    }
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
        look();
      } else if (event.context() instanceof Path name
          && name.equals(directory.path().getFileName())) {
        saw(event.kind() == StandardWatchEventKinds.ENTRY_CREATE);
      }
    }
    if (!key.reset()) {
      throw new LockException(LockCode.FOLDER_GONE.with(directory.path()));
    }
  }

  private void look() {
    saw(directory.look() != null);
  }

  private synchronized void saw(boolean there) {
    long now = System.nanoTime();
    if (there && !present) {
      present = true;
      since = now;
      recordedUntil = now;
      who = LockHolder.Foreign.UNKNOWN;
      if (!own.isHolding()) {
        pacing.get().othersTook();
        shown = metrics.found(LockHolder.Foreign.UNKNOWN);
      }
    } else if (!there && present) {
      present = false;
      if (own.claims(since, told == null ? LOOKED_LATE_NANOS : TOLD_LATE_NANOS)) {
        pacing.get().othersDidNot();
        hide();
      } else {
        pacing.get().othersHeld(since, now);
        record(now);
      }
    }
  }

  /**
   * Somebody gives up waiting for this hold and has found out whose it is. What was seen of it is
   * recorded now, for it may never end; the rest when it does.
   *
   * @return whether a hold of others is seen
   */
  synchronized boolean named(LockHolder.Foreign holder) {
    if (!present || shown == null) {
      return false;
    }
    long now = System.nanoTime();
    who = holder;
    record(now);
    recordedUntil = now;
    shown = metrics.found(who);
    return true;
  }

  private void record(long now) {
    LiveAcquisition seen = shown;
    shown = null;
    if (seen != null) {
      seen.goneBy(who);
      return;
    }
    long held = now - recordedUntil;
    long endedAt = LockAcquisition.microsOf(clock.instant());
    metrics.record(LockAcquisition.seen(who, endedAt - held / NANOS_PER_MICRO, held));
  }

  private synchronized void hide() {
    if (shown != null) {
      shown.close();
      shown = null;
    }
  }

  /** Stops watching; returns when it has. */
  @Override
  public void close() {
    closed = true;
    closeQuietly(told);
    watcher.interrupt();
    Uninterrupted.await(watcher::join);
  }
}
