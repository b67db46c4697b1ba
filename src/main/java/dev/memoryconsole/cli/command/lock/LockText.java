package dev.memoryconsole.cli.command.lock;

import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.message.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A lock, its holder and its record in words for the terminal. */
final class LockText {
  private static final double NOTHING = 0.0005;
  private static final double MILLIS_PER_SECOND = 1_000;

  private LockText() {}

  /**
   * Answers "was the upgrade in anybody's way?" in some sentences.
   *
   * @param when begins the first, for example {@code In the last hour}
   */
  static String answer(String when, LockReading reading) {
    LockFigures runs = reading.of(LockHolder.OurRun.class::isInstance);
    LockFigures consoles = reading.consoles();
    LockFigures foreign = reading.foreign();
    if (consoles.waits().count() == 0) {
      return when + " no Memory Console took the lock." + others(reading, foreign);
    }
    boolean upgrade = runs.acquisitions() > 0;
    LockFigures shown = upgrade ? runs : consoles;
    return "%s %s held the lock %s of the time, %s at a time, %s at most; it %s.%s%s"
        .formatted(
            when,
            upgrade ? "the upgrade" : "Memory Console",
            share(reading.heldShare(shown)),
            millis(shown.holds().millisAt(50)),
            millis(shown.holds().maxMillis()),
            waits(shown),
            gaveUp(consoles.timedOut()),
            others(reading, foreign));
  }

  private static String waits(LockFigures figures) {
    return figures.contended() == 0
        ? "never had to wait for it"
        : "waited %s for it, at most %s"
            .formatted(times(figures.contended()), millis(figures.waits().maxMillis()));
  }

  private static String gaveUp(long timedOut) {
    return timedOut == 0 ? "" : " It could not be had in time %s.".formatted(times(timedOut));
  }

  private static String others(LockReading reading, LockFigures foreign) {
    if (foreign.seen() + foreign.commitsSeen() == 0) {
      return " No other program was seen at the lock.";
    }
    return " Other programs were seen holding it %s (%s of the time) and writing %s."
        .formatted(
            times(foreign.seen()), share(reading.heldShare(foreign)), times(foreign.commitsSeen()));
  }

  private static String times(long count) {
    return count == 1 ? "once" : "%,d times".formatted(count);
  }

  static String share(double share) {
    if (share > 0 && share < NOTHING) {
      return "less than 0.1 %";
    }
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100);
  }

  static String millis(double millis) {
    if (millis >= 1_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** Who it is, for the terminal. */
  static String holder(LockHolder holder) {
    return switch (holder) {
      case LockHolder.OurRun(long run, int batch) ->
          run == 0 ? "all runs" : "run " + run + (batch == 0 ? "" : ", batch " + batch);
      case LockHolder.OurOperation(var kind) -> Json.word(kind);
      case LockHolder.OtherConsole(long pid) -> "Memory Console (process " + pid + ")";
      case LockHolder.Foreign(long pid, String program) ->
          pid == 0 ? "another program" : program + " (process " + pid + ")";
    };
  }

  /** Three quantiles of a time. */
  static String quantiles(LockSummary.Quantiles q) {
    return String.format(Locale.ROOT, "%.2f / %.2f / %.2f ms", q.p50(), q.p99(), q.max());
  }

  /** How the holder is doing, to follow "the lock is". */
  static String condition(LockCondition condition) {
    Duration lease = condition.lease();
    if (!condition.holder().isEmpty()) {
      return "held by %s, %s, seen for %s without a sign of life, stale at %s"
          .formatted(
              Wording.ENGLISH.of(condition.holder()),
              lease == null
                  ? "whose lease never ends"
                  : "whose lease ends in %s unless it renews it".formatted(seconds(lease)),
              seconds(condition.silence()),
              seconds(condition.stale()));
    }
    return condition.isAhead()
        ? "held for %s, last sign of life dated %s in the future and unchanged for %s, stale at %s"
            .formatted(
                seconds(condition.heldFor()),
                seconds(condition.ahead()),
                seconds(condition.silence()),
                seconds(condition.stale()))
        : "held for %s, last sign of life %s ago, stale at %s"
            .formatted(
                seconds(condition.heldFor()),
                seconds(condition.silence()),
                seconds(condition.stale()));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / MILLIS_PER_SECOND);
  }

  /** One who waits for another, in one line. */
  static String wait(LockWait wait) {
    Duration waited = wait.waited();
    return "%s waits for %s%s%s."
        .formatted(
            party(wait.waiter()),
            party(wait.holder()),
            waited == null ? "" : ", %s so far".formatted(millis((double) waited.toMillis())),
            lasted(wait, "; its transaction has lasted %s"));
  }

  private static String lasted(LockWait wait, String words) {
    Duration held = wait.held();
    return held == null ? "" : words.formatted(millis((double) held.toMillis()));
  }

  /** One who was seen waiting for another, in one line. */
  static String waited(SeenWait seen) {
    return "%s  %s waited %s for %s%s."
        .formatted(
            Instant.ofEpochMilli(seen.fromMillis()),
            party(seen.last().waiter()),
            millis((double) seen.waitedMillis()),
            party(seen.last().holder()),
            lasted(seen.last(), ", whose transaction had lasted %s by then"));
  }

  /** What others do is not shown to a user. */
  static String hidden(String user) {
    return "What others do is hidden from %s. To see it: GRANT pg_read_all_stats TO %s."
        .formatted(user, user);
  }

  private static String party(LockWait.Party party) {
    String name = party.application().isEmpty() ? "process" : party.application();
    String user = party.user().isEmpty() ? "" : " of " + party.user();
    String query = party.query().isEmpty() ? "" : " (" + party.query() + ")";
    return name + " " + party.process() + user + query;
  }
}
