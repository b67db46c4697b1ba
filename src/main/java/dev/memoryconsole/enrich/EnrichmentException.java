package dev.memoryconsole.enrich;

/** A memory could not be enriched. The message says why, in one plain sentence on one line. */
public class EnrichmentException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates one without a cause. */
  public EnrichmentException(String message) {
    super(message);
  }

  /** Creates one with a cause for the log. */
  public EnrichmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
