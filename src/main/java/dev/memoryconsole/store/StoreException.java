package dev.memoryconsole.store;

/** A store could not do what was asked. The message is one sentence for the admin. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public StoreException(String message) {
    super(message);
  }

  /** With the engine's own complaint, for the log. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
