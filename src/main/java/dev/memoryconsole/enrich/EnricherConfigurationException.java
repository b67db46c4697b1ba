package dev.memoryconsole.enrich;

/** The enricher is not configured properly. The message is one sentence for the admin. */
public class EnricherConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates one without a cause. */
  public EnricherConfigurationException(String message) {
    super(message);
  }
}
