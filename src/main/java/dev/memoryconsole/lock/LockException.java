package dev.memoryconsole.lock;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** A lock could not be had or kept. The message is one sentence for the admin. */
public class LockException extends CodedException {
  /** Without a cause of its own. */
  public LockException(Message message) {
    super(message);
  }

  /** With the system's own complaint, for the log. */
  public LockException(Message message, Throwable cause) {
    super(message, cause);
  }
}
