package dev.memoryconsole.message;

import org.jspecify.annotations.Nullable;

/** What exceptions that somebody will read have in common. */
public abstract class CodedException extends RuntimeException implements Coded {
  private final Message message;

  /** With a cause for the log, or null. */
  protected CodedException(Message message, @Nullable Throwable cause) {
    super(null, cause);
    this.message = message;
  }

  /** Without a cause. */
  protected CodedException(Message message) {
    this(message, null);
  }

  @Override
  public final Message message() {
    return message;
  }

  /** In English. */
  @Override
  public String getMessage() {
    return Wording.ENGLISH.of(message);
  }
}
