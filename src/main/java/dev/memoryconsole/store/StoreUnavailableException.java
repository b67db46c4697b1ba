package dev.memoryconsole.store;

import dev.memoryconsole.message.Message;

/**
 * The store as a whole can't be written now: locked by another program past the bound on waiting,
 * disk full, read-only, damaged. Trying rows one by one would not help.
 */
public class StoreUnavailableException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public StoreUnavailableException(Message message) {
    super(message);
  }

  /** With the engine's own complaint, for the log. */
  public StoreUnavailableException(Message message, Throwable cause) {
    super(message, cause);
  }
}
