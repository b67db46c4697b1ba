package dev.memoryconsole.exchange.source;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;

/** A memory that can't be taken over; the message says why. */
public final class BadEntryException extends Exception {
  private final Message reason;

  BadEntryException(Message reason) {
    super(Wording.ENGLISH.of(reason));
    this.reason = reason;
  }

  /** Why, a sentence without its stop. */
  public Message reason() {
    return reason;
  }
}
