package dev.memoryconsole.upgrade;

import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about runs and their entries. */
public enum UpgradeCode implements MessageCode {
  OUTSIDE_SCOPES,
  OF_CORPUS,
  ALREADY_UPGRADED,
  NOT_COUNTED,
  ROW_UNREADABLE(MESSAGE),
  DELETED,
  DUPLICATE_ID(NUMBER),
  TEXT_KEEPS_CHANGING(NUMBER),
  NOT_WRITTEN(MESSAGE),
  FELL_BACK(MESSAGE),
  RETRY_FAILED(MESSAGE),
  ROW_UNTOUCHED(MESSAGE),
  REAPPLIED,
  TAKEN_BACK_AGAIN,
  NO_WRITE_KNOWN,
  NOTHING_OF_WRITE_LEFT,
  UPGRADED_SINCE,
  WRITE_GONE,
  OVERWRITTEN_AGAIN_AND_AGAIN,
  UNEXPECTED(TEXT),
  STOPPED_BEFORE_IT_BEGAN,
  NO_SHARED_RUNS(TEXT),
  OTHER_ENRICHER(NUMBER, TEXT, TEXT),
  SHARED_NEEDS_BATCHES,
  NO_SUCH_RUN(NUMBER),
  NOTHING_LEFT(NUMBER),
  RESUME_INSTEAD(NUMBER),
  NOT_OVER(NUMBER),
  STILL_AT_WORK(NUMBER),
  NO_VERSIONS(TEXT),
  WROTE_NOTHING(NUMBER),
  WROTE_NONE_OF_THESE(NUMBER),
  ERASED_FOR_GOOD(NUMBER),
  NOTHING_TO_BREAK(TEXT),
  RUN_MAY_HOLD_LOCK(NUMBER, NUMBER),
  CLOSED_BEFORE_RESTORE,
  RESTORE_UNRECORDED(TEXT, TEXT, MESSAGE),
  RESTORE_WITHOUT_EFFECT(NUMBER, TEXT, MESSAGE),
  IS_A_RESTORE(NUMBER, TEXT, MESSAGE, TEXT),
  RETRIED,
  UNDONE,
  RESUMED,
  RE_APPLIED;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  UpgradeCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
