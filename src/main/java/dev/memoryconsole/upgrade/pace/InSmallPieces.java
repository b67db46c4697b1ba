package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.store.OtherWriters;
import java.util.concurrent.TimeUnit;

/**
 * Where only who wants the same row waits for a hold, the processors and the disk of the server are
 * all that others share with us. While they are at work, a batch is small and is followed by a rest
 * many times as long as it took. Stateless.
 */
final class InSmallPieces implements StorePacing {
  // Of the time 2 %, or thrice that with the work around a hold: what disturbs less than one in a
  // hundred of their writes they hardly feel.
  private static final int REST_PER_HOLD = 49;
  private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  @Override
  public long restNanos(long holdNanos, OtherWriters others) {
    return others.active() ? Math.min(LONGEST_REST_NANOS, REST_PER_HOLD * holdNanos) : 0;
  }

  @Override
  public boolean fitsBetweenWrites() {
    return true;
  }
}
