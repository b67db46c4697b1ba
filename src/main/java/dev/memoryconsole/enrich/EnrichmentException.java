package dev.memoryconsole.enrich;

import dev.memoryconsole.message.CodedCheckedException;
import dev.memoryconsole.message.Message;

/** A memory could not be enriched; the message says why. */
public class EnrichmentException extends CodedCheckedException {
  /** Creates one without a cause. */
  public EnrichmentException(Message message) {
    super(message);
  }
}
