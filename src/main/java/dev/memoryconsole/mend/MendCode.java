package dev.memoryconsole.mend;

import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about mends. */
public enum MendCode implements MessageCode {
  ALREADY_SO,
  CHANGED_SINCE(TEXT),
  MENDED_SINCE,
  NO_ASSIGNMENT(TEXT),
  NO_SUCH_FIELD(TEXT, TEXT),
  NO_SUCH_VALUE(TEXT, TEXT, TEXT),
  NO_IMPORTANCE(TEXT),
  BLANK_SCOPE,
  SET_TWICE(TEXT),
  REAPPLIED,
  GONE_WHEN_RESUMED,
  THERE_AGAIN,
  CHANGED_SINCE_RETURN,
  KEEPS_CHANGING,
  NOT_ALONE;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  MendCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
