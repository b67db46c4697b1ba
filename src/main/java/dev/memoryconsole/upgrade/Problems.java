package dev.memoryconsole.upgrade;

/** Says an exception in one line. */
final class Problems {
  private Problems() {}

  static String sentence(Throwable problem) {
    String message = problem.getMessage();
    return message == null || message.isBlank()
        ? "an unexpected error (" + problem.getClass().getSimpleName() + "), see the log"
        : message.strip().replaceAll("\\s+", " ");
  }
}
