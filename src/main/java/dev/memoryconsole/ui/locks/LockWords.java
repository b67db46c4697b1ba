package dev.memoryconsole.ui.locks;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.locks.chart.LaneAcquisition;

/** What the locks screen says, in words. */
final class LockWords {
  private static final double NANOS_PER_MILLI = 1_000_000;

  private final Messages messages;
  private final Times times;

  LockWords(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
  }

  /** The answer to "was anybody in the way?". */
  String sentence(String when, LockReading reading) {
    LockFigures runs = reading.of(LockHolder.OurRun.class::isInstance);
    LockFigures ours = reading.of(LockHolder::isOurs);
    LockFigures others = reading.of(holder -> !holder.isOurs());
    if (reading.lanes().isEmpty()) {
      return messages.get("locks.sentence.nobody", when);
    }
    if (ours.acquisitions() == 0) {
      return messages.get("locks.sentence.onlyOthers", when) + others(others, ours);
    }
    LockFigures held = runs.acquisitions() == 0 ? ours : runs;
    String key = runs.acquisitions() == 0 ? "locks.sentence.console" : "locks.sentence.upgrade";
    return messages.get(
            key, when, share(reading.heldShare(held)), times.millis(held.holds().millisAt(50)))
        + others(others, ours);
  }

  private String others(LockFigures others, LockFigures ours) {
    if (others.waits().count() > 0 && others.contended() > 0) {
      return messages.get(
          "locks.sentence.othersWaited",
          others.contended(),
          times.millis(others.waits().maxMillis()));
    }
    if (ours.acquisitions() == 0) {
      return messages.get("locks.sentence.end");
    }
    return messages.get("locks.sentence.longest", times.millis(ours.holds().maxMillis()));
  }

  /** How we fared, and what was seen of others. */
  String note(LockReading reading) {
    LockFigures ours = reading.of(LockHolder::isOurs);
    LockFigures others = reading.of(holder -> !holder.isOurs());
    long seen = others.seen() + others.commitsSeen() + others.acquisitions();
    String first =
        ours.contended() == 0
            ? messages.get("locks.note.noWait")
            : messages.get(
                "locks.note.waited", ours.contended(), times.millis(ours.waits().maxMillis()));
    return first + messages.get("locks.note.others", seen);
  }

  /** A share of time or of a number. */
  String share(double share) {
    if (share <= 0) {
      return messages.get("locks.percent", "0");
    }
    double percent = share * 100;
    if (percent < 0.05) {
      return messages.get("locks.percent", "<" + messages.numbers().decimal(0.1, 1));
    }
    return messages.get(
        "locks.percent", messages.numbers().decimal(percent, percent < 9.95 ? 1 : 0));
  }

  /** Acquisitions a second. */
  String rate(double perSecond) {
    return messages.numbers().decimal(perSecond, perSecond < 9.95 ? 1 : 0);
  }

  String millis(double millis) {
    return times.millis(millis);
  }

  /** A round duration at an axis: 10 µs, 1 ms, 10 s. */
  String round(double millis) {
    if (millis < 1) {
      return messages.get("locks.micros", Math.round(millis * 1_000));
    }
    return millis < 1_000
        ? messages.get("time.ms", Long.toString(Math.round(millis)))
        : messages.get("time.s", Long.toString(Math.round(millis / 1_000)));
  }

  /** Who it is. */
  String who(LockHolder holder) {
    return switch (holder) {
      case LockHolder.OurRun(long run, int batch) ->
          batch == 0
              ? messages.get("locks.who.run", Long.toString(run))
              : messages.get("locks.who.batch", Long.toString(run), batch);
      case LockHolder.OurOperation(LockPurpose.Kind kind) -> messages.get(operation(kind));
      case LockHolder.OtherConsole(long pid) ->
          messages.get("locks.who.console", Long.toString(pid));
      case LockHolder.Foreign(long pid, String program) ->
          pid == 0
              ? messages.get("locks.who.other")
              : messages.get("locks.who.program", program, Long.toString(pid));
    };
  }

  private static String operation(LockPurpose.Kind kind) {
    return switch (kind) {
      case UPGRADE -> "locks.who.upgrade";
      case MEND -> "locks.who.mend";
      case UNDO -> "locks.who.undo";
      case IMPORT -> "locks.who.import";
      case RESTORE -> "locks.who.restore";
      case OTHER -> "locks.who.upkeep";
    };
  }

  /** Who waits or holds now, and for how long. */
  String now(LockLive.Present present) {
    return messages.get(
        "locks.now", who(present.who()), times.millis(present.forNanos() / NANOS_PER_MILLI));
  }

  /** Everything about one acquisition, some lines. */
  String card(LaneAcquisition hold, String when) {
    LockAcquisition event = hold.event();
    StringBuilder words = new StringBuilder(who(event.holder()));
    words.append('\n').append(when).append('\n');
    if (hold.isInstant()) {
      words.append(messages.get("locks.card.commit"));
    } else if (event.observed()) {
      words.append(messages.get("locks.card.seen", times.millis(event.holdNanos() / 1e6)));
    } else {
      words
          .append(
              messages.get(
                  "locks.card.times",
                  times.millis(event.waitNanos() / 1e6),
                  times.millis(event.holdNanos() / 1e6)))
          .append('\n')
          .append(messages.get("locks.card.outcome", event.rows(), messages.get(outcome(event))));
    }
    if (event.holder() instanceof LockHolder.OurRun) {
      words.append('\n').append(messages.get("locks.card.open"));
    }
    return words.toString();
  }

  private static String outcome(LockAcquisition event) {
    return switch (event.outcome()) {
      case RELEASED -> "outcome.released";
      case ROLLED_BACK -> "outcome.rolledBack";
      case TIMED_OUT -> "outcome.timedOut";
      case TAKEN_OVER -> "outcome.takenOver";
      case COMPROMISED -> "outcome.compromised";
      case BROKEN -> "outcome.broken";
      case COMMIT_SEEN -> "outcome.commitSeen";
    };
  }
}
