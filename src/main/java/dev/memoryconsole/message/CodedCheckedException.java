package dev.memoryconsole.message;

/** What checked exceptions that somebody will read have in common. */
public abstract class CodedCheckedException extends Exception implements Coded {
  private final Message message;

  /** Without a cause. */
  protected CodedCheckedException(Message message) {
    this.message = message;
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
