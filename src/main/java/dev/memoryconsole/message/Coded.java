package dev.memoryconsole.message;

/** An exception that knows what it says as a message. */
public interface Coded {
  /** What went wrong. {@code getMessage()} is this in English. */
  Message message();

  /** What any exception says: its message, or its words as they are. */
  static Message message(Throwable problem) {
    return problem instanceof Coded coded
        ? coded.message()
        : Message.verbatim(String.valueOf(problem.getMessage()));
  }
}
