package dev.memoryconsole.lock.lockfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How long ago something was, for whoever must not believe that it was less. No single clock tells
 * that: the one that only runs forward stands still while a laptop sleeps ({@code CLOCK_MONOTONIC}
 * on Linux), the one on the wall may be set back meanwhile, and the time since boot, which does
 * neither, is not to be had everywhere. So all are asked, and the longest answer counts: a clock
 * that is set ahead costs a batch that is tried again, a sleep that is overlooked costs somebody's
 * write.
 *
 * <p>Immutable, so safe for use by many threads.
 */
final class Stopwatch {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final boolean TELLS_UPTIME =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
          && Files.isReadable(UPTIME);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Instant wall;
  private final long nanos;
  private final long uptimeNanos;

  private Stopwatch(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    wall = clock.instant();
    nanos = nanoTime.getAsLong();
    uptimeNanos = uptime();
  }

  /** Begins now. */
  static Stopwatch start(Clock clock) {
    return new Stopwatch(clock, System::nanoTime);
  }

  /** The time since it began, by the clock that says most. */
  Duration elapsed() {
    long most = Math.max(nanoTime.getAsLong() - nanos, uptime() - uptimeNanos);
    Duration byWall = Duration.between(wall, clock.instant());
    return byWall.compareTo(Duration.ofNanos(most)) > 0 ? byWall : Duration.ofNanos(most);
  }

  /** Since the machine was started, with its sleep; 0 where the system does not tell. */
  private static long uptime() {
    if (!TELLS_UPTIME) {
      return 0;
    }
    try {
      String text = Files.readString(UPTIME);
      return (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * NANOS_PER_SECOND);
    } catch (IOException | RuntimeException notTold) {
      return 0;
    }
  }
}
