package dev.memoryconsole.upgrade;

/** An upgrade could not be started. The message is one sentence for the admin. */
public class UpgradeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public UpgradeException(String message) {
    super(message);
  }

  /** With the cause, for the log. */
  public UpgradeException(String message, Throwable cause) {
    super(message, cause);
  }
}
