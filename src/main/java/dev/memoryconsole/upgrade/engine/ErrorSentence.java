package dev.memoryconsole.upgrade.engine;

/** Says an exception in one line. */
final class ErrorSentence {
  private ErrorSentence() {}

  static String sentence(Throwable problem) {
    String message = problem.getMessage();
    return message == null || message.isBlank()
        ? "an unexpected error (" + problem.getClass().getSimpleName() + "), see the log"
        : message.strip().replaceAll("\\s+", " ");
  }
}
