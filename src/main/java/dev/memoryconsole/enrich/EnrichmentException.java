package dev.memoryconsole.enrich;

import dev.memoryconsole.message.Coded;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;

/** A memory could not be enriched; the message says why. */
public class EnrichmentException extends Exception implements Coded {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial")
  private final Message message;

  /** Creates one without a cause. */
  public EnrichmentException(Message message) {
    this.message = message;
  }

  @Override
  public final Message message() {
    return message;
  }

  /** In English. */
  @Override
  public String getMessage() {
    return Wording.ENGLISH.of(message);
  }
}
