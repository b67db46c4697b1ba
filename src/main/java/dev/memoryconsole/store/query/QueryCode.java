package dev.memoryconsole.store.query;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What may have to be said of a query. */
public enum QueryCode implements MessageCode {
  UNKNOWN_KEY(Argument.TEXT, Argument.TEXT, Argument.TEXTS),
  NO_VALUE(Argument.TEXT),
  NO_STATE(Argument.TEXT, Argument.TEXTS),
  STATE_ALONE(Argument.TEXT),
  NO_NUMBER(Argument.TEXT),
  NO_COUNT(Argument.TEXT),
  NO_DATE(Argument.TEXT),
  NO_DAY(Argument.TEXT),
  NO_META_KEY(Argument.TEXT),
  NOT_CLOSED(Argument.TEXT),
  TOO_MANY(Argument.NUMBER),
  TOO_LONG(Argument.NUMBER);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  QueryCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
