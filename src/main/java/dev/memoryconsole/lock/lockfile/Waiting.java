package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.message.Message;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What somebody who waits for the lock sees of its holders. For use by one thread. */
final class Waiting {
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
      LockDirectory directory, Duration patience, LockMetrics metrics, @Nullable LockWatch watch) {
    LockOwner owner = OwnerFinder.of(directory.path());
    long held = last == null ? 0 : signs.heldFor(last).toNanos();
    if ((watch == null || !watch.named(owner.holder())) && held > 0) {
      long now = LockAcquisition.microsOf(clock.instant());
      metrics.record(LockAcquisition.seen(owner.holder(), now - held / NANOS_PER_MICRO, held));
    }
    return new LockException(behindOthers(directory.lock(), patience, owner));
  }

  private Message behindOthers(Message lock, Duration patience, LockOwner owner) {
    Sighting seen = last;
    if (seen == null || holders > 1) {
      return LockCode.IN_TURN.with(lock, seconds(patience));
    }
    return LockCode.HELD.with(lock, owner.message(), seconds(signs.heldFor(seen)), lastSign(seen));
  }

  private Message lastSign(Sighting seen) {
    Duration ahead = signs.ahead(seen);
    return ahead.isPositive()
        ? LockCode.LAST_SIGN_AHEAD.with(seconds(ahead), seconds(signs.watched()))
        : LockCode.LAST_SIGN.with(seconds(signs.silence(seen)));
  }

  /** Why not even our turn came. */
  static Message behindOurselves(Message lock, Duration patience) {
    return LockCode.BEHIND_OURSELVES.with(lock, seconds(patience));
  }

  private static Message seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1_000 ? LockCode.MILLIS.with(millis) : LockCode.SECONDS.with(millis / 1_000);
  }
}
