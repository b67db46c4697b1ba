package dev.memoryconsole.journal;

/** The journal could not be read or written. The message is one sentence for the admin. */
public class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public JournalException(String message) {
    super(message);
  }

  /** With the engine's own complaint, for the log. */
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
