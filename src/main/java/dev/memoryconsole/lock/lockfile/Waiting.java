package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.record.LockMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What somebody who waits for the lock sees of its holders. For use by one thread. */
final class Waiting {
  private static final String SAFE =
      "; nothing was changed, wait for that program or close it and try again.";

  private static final long NANOS_PER_MICRO = 1_000;

  private final Clock clock;
  private final LifeSigns signs;
  private @Nullable Sighting last;
  private int holders;

  Waiting(LockfileTiming timing, Clock clock) {
    this.clock = clock;
    this.signs = new LifeSigns(timing, clock);
  }

  /** Notes that it is held. */
  void saw(Sighting seen) {
    Sighting before = last;
    if (before == null || !before.isSameHold(seen)) {
      holders++;
    }
    last = seen;
    signs.saw(seen);
  }

  /** Whether what was seen last counts as abandoned. */
  boolean isAbandoned() {
    return signs.isAbandoned();
  }

  /**
   * The waiting has come to its end: who holds it is asked now. The hold is recorded as far as it
   * was seen, for it may never end.
   *
   * @param watch which may see its end; null if nobody watches
   */
  LockException gaveUp(
      Path directory, Duration patience, LockMetrics metrics, @Nullable LockWatch watch) {
    LockOwner owner = OwnerFinder.of(directory);
    long held = last == null ? 0 : signs.heldFor(last).toNanos();
    if ((watch == null || !watch.named(owner.holder())) && held > 0) {
      long now = LockAcquisition.microsOf(clock.instant());
      metrics.record(LockAcquisition.seen(owner.holder(), now - held / NANOS_PER_MICRO, held));
    }
    return new LockException(behindOthers(directory, patience, owner));
  }

  private String behindOthers(Path directory, Duration patience, LockOwner owner) {
    Sighting seen = last;
    if (seen == null || holders > 1) {
      return "The lock %s could not be had within %s because other programs hold it in turn%s"
          .formatted(directory, seconds(patience), SAFE);
    }
    return "The lock %s is held by %s: held for at least %s, %s%s"
        .formatted(directory, owner.words(), seconds(signs.heldFor(seen)), lastSign(seen), SAFE);
  }

  private String lastSign(Sighting seen) {
    Duration ahead = signs.ahead(seen);
    return ahead.isPositive()
        ? "last sign of life dated %s in the future and unchanged for %s"
            .formatted(seconds(ahead), seconds(signs.watched()))
        : "last sign of life %s ago".formatted(seconds(signs.silence(seen)));
  }

  /** Why not even our turn came. */
  static String behindOurselves(Path directory, Duration patience) {
    return "The lock %s could not be had within %s because this program itself uses it; nothing was changed, wait for that to end and try again."
        .formatted(directory, seconds(patience));
  }

  private static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1_000 ? millis + " ms" : millis / 1_000 + " s";
  }
}
