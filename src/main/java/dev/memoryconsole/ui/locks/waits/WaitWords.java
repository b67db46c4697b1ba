package dev.memoryconsole.ui.locks.waits;

import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.time.Duration;

/** Who waits for whom, in words. */
final class WaitWords {
  private final Messages messages;
  private final Times times;

  WaitWords(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
  }

  /** How long it was waited. */
  String waited(SeenWait wait) {
    return times.millis((double) wait.waitedMillis());
  }

  /** When it was. */
  String when(SeenWait wait, boolean now) {
    return now ? messages.get("waits.now") : times.ofDay(wait.seenMillis());
  }

  /** Who that is: application, user, number of the connection. */
  String name(LockWait.Party party) {
    return party.application().isEmpty()
        ? messages.get("waits.process", Integer.toString(party.process()))
        : party.application();
  }

  /** What else is known of who that is. */
  String who(LockWait.Party party) {
    return messages.get("waits.who", party.user(), Integer.toString(party.process()));
  }

  /** The same of who is waited for, and how long its transaction has lasted. */
  String holder(LockWait wait) {
    Duration held = wait.held();
    String who = who(wait.holder());
    return held == null
        ? who
        : messages.get("waits.holder", who, times.millis((double) held.toMillis()));
  }

  /** Its statement. */
  String query(LockWait.Party party) {
    return party.query().isEmpty() ? messages.get("waits.noQuery") : party.query();
  }

  /** All of it, to be read out. */
  String sentence(SeenWait wait, boolean now) {
    return messages.get(
        now ? "waits.sentence.now" : "waits.sentence.before",
        name(wait.last().waiter()),
        name(wait.last().holder()),
        waited(wait),
        when(wait, now));
  }
}
