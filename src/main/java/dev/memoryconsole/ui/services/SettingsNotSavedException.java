package dev.memoryconsole.ui.services;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** The settings could not be written. The message is one sentence for the admin. */
public class SettingsNotSavedException extends CodedException {
  private static final long serialVersionUID = 1L;

  /** With what went wrong underneath. */
  public SettingsNotSavedException(Message message, Throwable cause) {
    super(message, cause);
  }
}
