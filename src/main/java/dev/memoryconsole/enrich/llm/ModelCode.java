package dev.memoryconsole.enrich.llm;

import static dev.memoryconsole.message.Argument.DURATION;
import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about enriching by a model. */
public enum ModelCode implements MessageCode {
  ABSTRACT_TOO_LONG(NUMBER),
  AFTER_ATTEMPTS(NUMBER),
  ARABIC,
  BUDGET_WITHOUT_PRICE(TEXT),
  CONTENT_IN_OTHER_LANGUAGE,
  CONTENT_KEPT,
  CUT_OFF(TEXT),
  CYRILLIC,
  DUTCH,
  ENGLISH,
  FRENCH,
  GERMAN,
  GIVEN_TWICE(TEXT),
  HAN,
  HANGUL,
  HELD_BACK,
  ITALIAN,
  KEY_NOT_READ,
  LATIN_SCRIPT,
  NO_LAYERS,
  OTHER_LANGUAGE(MESSAGE, MESSAGE),
  OTHER_SCRIPT,
  OUT_OF_TIME(DURATION),
  OVERVIEW_TOO_LONG(NUMBER),
  PORTUGUESE,
  RAISE_ANSWER_LIMIT(NUMBER),
  SET_ANSWER_LIMIT,
  SPANISH,
  SUMMARIES_TOO_LONG,
  SUMMARISED(NUMBER),
  UNKNOWN_CATEGORY(TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  ModelCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
