package dev.memoryconsole.journal;

import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What the journal has to say. */
public enum JournalCode implements MessageCode {
  ABOUT_TO_BEGIN,
  ANOTHER_CONSOLE(NUMBER),
  AT_WORK,
  BUSY,
  ENRICHMENT_UNREADABLE,
  ERASED,
  GONE(TEXT),
  LIST_UNREADABLE,
  LOCK_FIGURES_UNREADABLE,
  LOCK_HISTORY_UNREADABLE,
  LOG_IN_USE,
  MODEL_FIGURES_UNREADABLE,
  NEWER(TEXT),
  NO_REASON,
  NO_SIGN_OF_LIFE(TEXT),
  NOT_CLEANED(MESSAGE),
  NOT_CLEANED_BESIDE_RUN(NUMBER, TEXT),
  NOT_CLOSED(TEXT),
  NOT_OPENED(TEXT),
  NOT_READABLE(TEXT),
  NOT_USABLE(TEXT),
  NOT_WRITABLE(TEXT, MESSAGE),
  PAUSED,
  RESTORING,
  RUN_IN_PROGRESS(NUMBER, MESSAGE, MESSAGE, TEXT),
  RUN_TAKEN_OVER(NUMBER),
  TEAM_AT_WORK(NUMBER, TEXT),
  TEAM_RUN_GONE(NUMBER),
  TEAM_RUN_OPEN(NUMBER),
  TEAM_TABLES_HIDDEN(TEXT, TEXT),
  TEAM_TABLES_NEWER(TEXT),
  THIS_PROGRAM;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  JournalCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
