package dev.memoryconsole.settings.openclaw;

import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/**
 * What there is to say about OpenClaw's configuration: reasons without a stop, and their sentence.
 */
public enum OpenClawCode implements MessageCode {
  INCLUDES_IN_A_CIRCLE(TEXT),
  INCLUDES_LINK_OUT(TEXT),
  INCLUDES_MISSING(TEXT),
  INCLUDES_OUTSIDE(TEXT),
  INCLUDES_TOO_DEEP(NUMBER),
  INCLUDES_TOO_MUCH,
  INCLUDE_NAMES_NO_FILE,
  KEYS_BESIDE_INCLUDE,
  NO_JSON5(TEXT, NUMBER),
  SENTENCE(MESSAGE),
  TOO_LARGE(TEXT),
  UNREADABLE(TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  OpenClawCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
