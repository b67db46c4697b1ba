package dev.memoryconsole.upgrade;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** An upgrade could not be started. The message is one sentence for the admin. */
public class UpgradeException extends CodedException {
  /** Says why. */
  public UpgradeException(Message message) {
    super(message);
  }

  /** Says why and keeps the cause for the log. */
  public UpgradeException(Message message, Throwable cause) {
    super(message, cause);
  }
}
