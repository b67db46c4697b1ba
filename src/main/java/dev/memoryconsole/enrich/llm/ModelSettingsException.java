package dev.memoryconsole.enrich.llm;

/** The model can't be used as it is configured. The message is one sentence. */
public final class ModelSettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With that sentence. */
  public ModelSettingsException(String message) {
    super(message);
  }
}
