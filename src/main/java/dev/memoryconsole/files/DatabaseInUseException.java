package dev.memoryconsole.files;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** A database can't be opened because of what this process has open. */
public final class DatabaseInUseException extends CodedException {
  DatabaseInUseException(Message message) {
    super(message);
  }
}
