package dev.memoryconsole.store.postgres.connection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * How often and for how long a transaction is begun anew. One that the server asks to be tried
 * again is, a few times; one whose connection was lost is as long as a standby may take to be
 * promoted in the place of a server that is gone. For one thread and one piece of work.
 */
public final class Attempts {
  private static final int MOST_OVERTAKEN = 8;
  private static final long LEAST_PAUSE_MILLIS = 5;
  private static final int LONGEST_PAUSE = 9;

  private final Duration reconnecting;
  private int overtaken;
  private int lost;
  private long lostSince;

  /**
   * None yet.
   *
   * @param reconnecting how long a server that is away is asked again
   */
  public Attempts(Duration reconnecting) {
    this.reconnecting = reconnecting;
  }

  /**
   * Tells how long to pause before the next attempt, in milliseconds; less than 0 for none.
   *
   * @param failure of a transaction of which surely nothing was written
   */
  public long pauseAfter(SQLException failure) {
    if (PostgresFailures.isToBeTriedAgain(failure)) {
      overtaken++;
      return overtaken == MOST_OVERTAKEN ? -1 : pause(overtaken);
    }
    if (!PostgresFailures.isGone(failure)) {
      return -1;
    }
    long now = System.nanoTime();
    if (lost == 0) {
      lostSince = now;
    }
    lost++;
    return now - lostSince > reconnecting.toNanos() ? -1 : pause(lost);
  }

  /** How long to pause, in milliseconds: longer and longer, and never two of us in step. */
  public static long pause(int attempt) {
    long most = LEAST_PAUSE_MILLIS << Math.min(attempt, LONGEST_PAUSE);
    return ThreadLocalRandom.current().nextLong(most / 2, most + 1);
  }

  /**
   * Pauses, in short steps.
   *
   * @param unwanted asked at each step whether nobody waits any longer
   * @return whether it was not given up
   * @throws InterruptedException if interrupted
   */
  public static boolean paused(long millis, BooleanSupplier unwanted) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (!unwanted.getAsBoolean()) {
      long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (left <= 0) {
        return true;
      }
      Thread.sleep(Math.min(left, Waiting.LOOK_MILLIS));
    }
    return false;
  }
}
