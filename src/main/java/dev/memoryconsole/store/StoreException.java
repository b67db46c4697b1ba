package dev.memoryconsole.store;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** A store could not do what was asked. The message is one sentence for the admin. */
public class StoreException extends CodedException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public StoreException(Message message) {
    super(message);
  }

  /** With the engine's own complaint, for the log. */
  public StoreException(Message message, Throwable cause) {
    super(message, cause);
  }
}
