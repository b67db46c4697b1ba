package dev.memoryconsole.store;

import dev.memoryconsole.message.Message;

/**
 * A commit was sent and its answer is no plain yes or no: what was to be written may be there, now
 * or after the next recovery of the store. Not a failure of the write: nothing may be forgotten
 * that only a write that never happened makes needless, until the rows were read again under the
 * lock and their markers have decided.
 */
public final class OutcomeUnknownException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** With the engine's own complaint, for the log. */
  public OutcomeUnknownException(Message message, Throwable cause) {
    super(message, cause);
  }
}
