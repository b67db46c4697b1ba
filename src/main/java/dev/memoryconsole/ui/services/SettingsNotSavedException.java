package dev.memoryconsole.ui.services;

/** The settings could not be written. The message is one sentence for the admin. */
public class SettingsNotSavedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what went wrong underneath. */
  public SettingsNotSavedException(String message, Throwable cause) {
    super(message, cause);
  }
}
