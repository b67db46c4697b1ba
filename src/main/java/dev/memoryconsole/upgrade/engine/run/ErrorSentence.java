package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.message.Coded;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.upgrade.UpgradeCode;

/** What went wrong, in one line for the admin. */
public final class ErrorSentence {
  private ErrorSentence() {}

  /** What the exception says, in one line; if it says nothing, what kind of error it was. */
  public static Message of(Throwable problem) {
    if (problem instanceof Coded coded) {
      return coded.message().mapTexts(ErrorSentence::oneLine);
    }
    String message = problem.getMessage();
    return message == null || message.isBlank()
        ? UpgradeCode.UNEXPECTED.with(problem.getClass().getSimpleName())
        : Message.verbatim(oneLine(message));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
