package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.message.Coded;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;

/** The model can't be used as it is configured. */
public final class ModelSettingsException extends Exception implements Coded {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial")
  private final Message message;

  /** Creates one that says why. */
  public ModelSettingsException(Message message) {
    this.message = message;
  }

  @Override
  public Message message() {
    return message;
  }

  /** In English. */
  @Override
  public String getMessage() {
    return Wording.ENGLISH.of(message);
  }
}
