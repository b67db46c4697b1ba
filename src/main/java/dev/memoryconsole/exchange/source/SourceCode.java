package dev.memoryconsole.exchange.source;

import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;
import static dev.memoryconsole.message.Argument.TEXTS;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about a file that memories come from. */
public enum SourceCode implements MessageCode {
  AT_LINE(NUMBER, MESSAGE),
  BROKEN,
  BROKEN_FROM_HERE,
  DATABASE(TEXT),
  NEITHER_OBJECT_NOR_STRING,
  NOT_WHOLE,
  NO_ID,
  NO_NUMBER(TEXT),
  NO_OBJECT,
  NO_PAGE,
  NO_STRING(TEXT),
  NO_TEXT,
  NO_TEXT_UNDER(TEXTS),
  OF_ANOTHER_TOOL,
  OF_CHATGPT,
  OF_CLAUDE,
  OF_MEM0,
  OF_THE_PLUGIN,
  OF_UNKNOWN_KIND,
  OUT_OF_RANGE(TEXT),
  PACKED(TEXT, TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  SourceCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
