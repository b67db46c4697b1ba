package dev.memoryconsole.metrics;

/** The figures can't be served. The message is one sentence for the admin. */
public final class MetricsException extends RuntimeException {
  /** With its cause, for the log. */
  public MetricsException(String message, Throwable cause) {
    super(message, cause);
  }
}
