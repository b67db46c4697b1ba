package dev.memoryconsole.enrich;

/** What enriches is not configured well. The message is one sentence for the admin. */
public class EnricherConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause of its own. */
  public EnricherConfigurationException(String message) {
    super(message);
  }
}
