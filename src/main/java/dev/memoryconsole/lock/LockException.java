package dev.memoryconsole.lock;

/** A lock could not be had or kept. The message is one sentence for the admin. */
public class LockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public LockException(String message) {
    super(message);
  }

  /** With the system's own complaint, for the log. */
  public LockException(String message, Throwable cause) {
    super(message, cause);
  }
}
