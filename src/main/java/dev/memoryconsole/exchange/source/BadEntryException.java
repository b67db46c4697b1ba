package dev.memoryconsole.exchange.source;

/** A memory that can't be taken over; the message says why. */
public final class BadEntryException extends Exception {
  private static final long serialVersionUID = 1L;

  BadEntryException(String message) {
    super(message);
  }

  /** Why, one sentence. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
