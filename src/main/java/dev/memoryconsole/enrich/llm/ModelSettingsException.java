package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.message.CodedCheckedException;
import dev.memoryconsole.message.Message;

/** The model can't be used as it is configured. */
public final class ModelSettingsException extends CodedCheckedException {
  /** Creates one that says why. */
  public ModelSettingsException(Message message) {
    super(message);
  }
}
