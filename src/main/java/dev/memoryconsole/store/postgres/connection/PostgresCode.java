package dev.memoryconsole.store.postgres.connection;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/**
 * What a store in a database of PostgreSQL has to say. Those without arguments say what is being
 * done, to follow "Could not".
 */
public enum PostgresCode implements MessageCode {
  BAD_URL(Argument.TEXT),
  BAD_FIELD(Argument.TEXT),
  CLOSED(Argument.TEXT),
  CLOSED_MEANWHILE(Argument.TEXT),
  AWAY(Argument.TEXT, Argument.TEXT),
  REFUSED(Argument.TEXT, Argument.TEXT),
  NO_DATABASE(Argument.TEXT),
  NO_ENCRYPTION(Argument.TEXT, Argument.TEXT),
  TOO_OLD(Argument.TEXT, Argument.TEXT),
  NOT_UTF8(Argument.TEXT, Argument.TEXT),
  NO_TABLE(Argument.TEXT),
  COLUMN_MISSING(Argument.TEXT, Argument.TEXTS),
  COLUMN_OF_ANOTHER_TYPE(Argument.TEXT, Argument.TEXT, Argument.TEXT),
  EXISTS_ALREADY(Argument.TEXT),
  ANSWERS_READS_ONLY(Argument.TEXT),
  MAY_ONLY_READ(Argument.TEXT, Argument.TEXT),
  IDS_NOT_UNIQUE(Argument.TEXT),
  VIEW_TAKES_NO_ROWS(Argument.TEXT),
  VIEW_NOT_CHANGEABLE(Argument.TEXT),
  NOT_THROUGH_THE_VIEW(Argument.TEXT),
  STAYS_IN_THE_VIEW(),
  NO_JSON(),
  NOT_STORABLE(),
  COLUMN_DIFFERS(Argument.TEXT),
  ROW_NOT_STORABLE(Argument.TEXT, Argument.MESSAGE),
  LOCKED(Argument.TEXT, Argument.NUMBER),
  FAILED(Argument.MESSAGE, Argument.TEXT, Argument.TEXT),
  FAILED_AWAY(Argument.MESSAGE, Argument.TEXT),
  FAILED_FORBIDDEN(Argument.MESSAGE, Argument.TEXT),
  FAILED_FULL(Argument.MESSAGE, Argument.TEXT),
  FAILED_READ_ONLY(Argument.MESSAGE, Argument.TEXT),
  FAILED_TOO_SLOW(Argument.MESSAGE, Argument.TEXT),
  FAILED_OVERTAKEN(Argument.MESSAGE, Argument.TEXT),
  REMAINS_OF_DELETED(Argument.TEXT),
  UNKNOWN(Argument.TEXT),
  STEP_FAILED(Argument.MESSAGE, Argument.TEXT),
  OPENING(),
  CREATING(),
  READING(),
  COUNTING(),
  WRITING(),
  SHARING(),
  ADDING();

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  PostgresCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
