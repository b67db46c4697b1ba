package dev.memoryconsole.enrich.llm.answer;

import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about a model's answer. */
public enum AnswerCode implements MessageCode {
  EMPTY,
  EMPTY_AFTER_REASONING(TEXT),
  ENDS_WITHIN_REASONING(TEXT),
  INCOMPLETE(TEXT),
  NOT_A_TEXT(TEXT, TEXT),
  NOT_THE_JSON(TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  AnswerCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
