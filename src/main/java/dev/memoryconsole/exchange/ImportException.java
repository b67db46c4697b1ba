package dev.memoryconsole.exchange;

/** An import could not be done. The message is one sentence for the admin. */
public class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public ImportException(String message) {
    super(message);
  }

  /** With what lies below, for the log. */
  public ImportException(String message, Throwable cause) {
    super(message, cause);
  }
}
