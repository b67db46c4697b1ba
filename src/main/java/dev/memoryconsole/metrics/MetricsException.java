package dev.memoryconsole.metrics;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** The figures can't be served. The message is one sentence for the admin. */
public final class MetricsException extends CodedException {
  /** With its cause, for the log. */
  public MetricsException(Message message, Throwable cause) {
    super(message, cause);
  }
}
