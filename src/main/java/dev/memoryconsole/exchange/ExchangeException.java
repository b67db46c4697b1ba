package dev.memoryconsole.exchange;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreException;

/** A file could not be imported or exported. The message is one sentence for the admin. */
public class ExchangeException extends StoreException {
  /** Creates one without a cause. */
  public ExchangeException(Message message) {
    super(message);
  }

  /** Creates one with a cause for the log. */
  public ExchangeException(Message message, Throwable cause) {
    super(message, cause);
  }
}
