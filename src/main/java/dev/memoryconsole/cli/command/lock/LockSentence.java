package dev.memoryconsole.cli.command.lock;

import dev.memoryconsole.lock.LockFigures;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockReading;
import java.util.Locale;

/** The answer to "was the upgrade in anybody's way?", in words. */
final class LockSentence {
  private static final double NOTHING = 0.0005;

  private LockSentence() {}

  /**
   * Some sentences.
   *
   * @param when begins the first, for example {@code In the last hour}
   */
  static String of(String when, LockReading reading) {
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

  static String times(long count) {
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
}
