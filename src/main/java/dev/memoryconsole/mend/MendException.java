package dev.memoryconsole.mend;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** What was asked for is no mend. The message is one sentence for the admin. */
public final class MendException extends CodedException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public MendException(Message message) {
    super(message);
  }
}
