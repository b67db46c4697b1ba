package dev.memoryconsole.enrich;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;

/** The enricher is not configured properly. */
public class EnricherConfigurationException extends CodedException {
  /** Creates one without a cause. */
  public EnricherConfigurationException(Message message) {
    super(message);
  }
}
