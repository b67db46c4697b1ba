package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreUnavailableException;

/**
 * A part of the version that is read is not there: as a rule because the plugin has just compacted
 * the table and cleaned up, so that a newer version has it all.
 */
public final class VanishedException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  VanishedException(Message message, Throwable cause) {
    super(message, cause);
  }
}
