package dev.memoryconsole.report;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** Thrown when there is nothing to report. */
public final class ReportException extends CodedException {
  private static final long serialVersionUID = 1L;

  ReportException(Message message) {
    super(message);
  }
}
