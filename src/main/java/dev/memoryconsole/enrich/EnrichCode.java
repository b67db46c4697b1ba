package dev.memoryconsole.enrich;

import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about the enrichment of a memory. */
public enum EnrichCode implements MessageCode {
  BUDGET_USED_UP(TEXT, TEXT),
  CONTENT_LACKED(TEXT),
  CONTENT_TOO_SHORT(NUMBER),
  NO_TEXT,
  SHARED_BUDGET_USED_UP(TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  EnrichCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
