package dev.memoryconsole.exchange;

import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about imports, exports and snapshots. */
public enum ExchangeCode implements MessageCode {
  ALREADY_THERE(TEXT),
  EMPTY(TEXT),
  FOREIGN(TEXT, MESSAGE),
  LEFT_OUT(TEXT, MESSAGE),
  LINE(NUMBER, MESSAGE),
  NONE_READ(TEXT, NUMBER, MESSAGE),
  NOT_KEPT(TEXT),
  NOT_LISTED(TEXT),
  NOT_WRITTEN(TEXT),
  NO_EXPORT(TEXT),
  NO_EXPORT_AS_BROKEN(TEXT, MESSAGE),
  NO_FILE(TEXT),
  NO_MEMORY(TEXT, NUMBER),
  NO_SNAPSHOT(TEXT, TEXT),
  OPEN_SOURCE(TEXT),
  OPEN_TARGET(TEXT),
  REASON(MESSAGE),
  REPEATED_ID(TEXT),
  SNAPSHOT_GONE(TEXT),
  STORE_ITSELF(TEXT),
  UNREADABLE(TEXT),
  UNREADABLE_FURTHER(TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  ExchangeCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
