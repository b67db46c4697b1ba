package dev.memoryconsole.exchange;

/** An export could not be done. The message is one sentence for the admin. */
public class ExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public ExportException(String message) {
    super(message);
  }

  /** With what lies below, for the log. */
  public ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
