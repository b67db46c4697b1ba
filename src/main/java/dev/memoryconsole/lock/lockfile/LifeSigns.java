package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockCondition;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the holder of a lock lives, told from one look after the other. A sign of life is a time
 * of change that <em>changes</em> while we watch, by our own clock that only runs forward; what
 * that time is says little, because it was written by another clock: one that was set back leaves a
 * dead lock with a time in the future, one that is slow lets a living one look abandoned.
 *
 * <p>For use by one thread.
 */
final class LifeSigns {
  /**
   * The longest time between two looks that counts in full: in a longer one it was rather us who
   * stood still, and maybe the holder with us.
   */
  private static final long LONGEST_LOOK_NANOS = 1_000_000_000;

  /** Old versions of the plugin left a file where the directory belongs; it removes one so old. */
  static final Duration FILE_STALE = Duration.ofMinutes(5);

  private static final double SLACK = 1.2;

  private final LockfileTiming timing;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private @Nullable Sighting last;
  private long lookedAt;
  private long unchangedNanos;

  LifeSigns(LockfileTiming timing, Clock clock) {
    this(timing, clock, System::nanoTime);
  }

  LifeSigns(LockfileTiming timing, Clock clock, LongSupplier nanoTime) {
    this.timing = timing;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Takes note of a look. */
  void saw(Sighting seen) {
    long now = nanoTime.getAsLong();
    unchangedNanos =
        seen.equals(last) ? unchangedNanos + Math.clamp(now - lookedAt, 0, LONGEST_LOOK_NANOS) : 0;
    last = seen;
    lookedAt = now;
  }

  /** For how long it has not changed while we watched. */
  Duration watched() {
    return Duration.ofNanos(unchangedNanos);
  }

  /** Whether it was watched for long enough without a sign of life to count as abandoned. */
  boolean isAbandoned() {
    return last != null && watched().compareTo(needed(last)) > 0;
  }

  /**
   * How long it must not have changed. Where its time of change says too that its holder is gone,
   * as long as it takes a living one to show itself; else the whole time that all have agreed upon.
   */
  private Duration needed(Sighting seen) {
    Duration agreed = stale(seen, timing);
    Duration age = Duration.between(seen.touched().toInstant(), clock.instant());
    if (age.compareTo(agreed) > 0) {
      return Duration.ofNanos((long) (timing.refresh().toNanos() * SLACK));
    }
    return ahead(seen).isPositive() ? timing.stale() : agreed;
  }

  /** Without a sign of life for so long it counts as abandoned. */
  static Duration stale(Sighting seen, LockfileTiming timing) {
    return seen.isFile() ? FILE_STALE : timing.stale();
  }

  /** How far the last sign of life is dated in the future; zero if it is not. */
  Duration ahead(Sighting seen) {
    Duration ahead = Duration.between(clock.instant(), seen.touched().toInstant());
    // Who dates the next second, because the file system keeps whole ones, is not ahead.
    return ahead.compareTo(timing.stale()) > 0 ? ahead : Duration.ZERO;
  }

  /** Since its last sign of life; while that is dated in the future, since we watch it. */
  Duration silence(Sighting seen) {
    return ahead(seen).isPositive()
        ? watched()
        : positive(Duration.between(seen.touched().toInstant(), clock.instant()));
  }

  /** Since it was taken. */
  Duration heldFor(Sighting seen) {
    return positive(Duration.between(seen.born(), clock.instant()));
  }

  /** How its holder is doing, as far as the looks tell. */
  LockCondition condition(Sighting seen) {
    return new LockCondition(heldFor(seen), silence(seen), stale(seen, timing), ahead(seen));
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
