package dev.memoryconsole.journal;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** The journal could not be read or written. The message is one sentence for the admin. */
public class JournalException extends CodedException {
  /** Without a cause of its own. */
  public JournalException(Message message) {
    super(message);
  }

  /** With the engine's own complaint, for the log. */
  public JournalException(Message message, Throwable cause) {
    super(message, cause);
  }
}
