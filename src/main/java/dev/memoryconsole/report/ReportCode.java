package dev.memoryconsole.report;

import static dev.memoryconsole.message.Argument.DECIMAL;
import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** The words of a report. */
public enum ReportCode implements MessageCode {
  NO_RUN(NUMBER, TEXT),
  TITLE(NUMBER, MESSAGE),
  UPGRADE,
  RETRY,
  STAMPED,
  MEND,
  UNDO(NUMBER),
  RESTORE(TEXT),
  STORE,
  STATE,
  STARTED,
  FINISHED,
  AT_WORK,
  ENRICHED_BY,
  BATCHES,
  BATCH_ROWS(NUMBER),
  BATCH_BY_LOCK,
  MEMORIES,
  MODEL,
  USAGE(NUMBER, NUMBER, NUMBER, NUMBER, MESSAGE),
  COST(DECIMAL),
  COST_UNKNOWN,
  LOCK,
  LOCK_TAKEN(NUMBER),
  LOCK_MILLIS(DECIMAL, DECIMAL, DECIMAL),
  LOCK_WAIT,
  LOCK_HOLD,
  WRITES,
  REAPPLIED(NUMBER),
  NOT_VERIFIED,
  VERIFIED,
  SETTLED,
  MADE(TEXT),
  RUN_AT_WORK,
  RUN_PAUSED,
  RUN_DONE,
  RUN_CANCELLED,
  RUN_INTERRUPTED,
  COLUMN_ID,
  COLUMN_OUTCOME,
  COLUMN_MEMORY,
  COLUMN_REASON,
  COLUMN_ATTEMPT,
  COLUMN_MILLIS,
  UPGRADED,
  MENDED,
  DELETED,
  FELL_BACK,
  FAILED,
  STALE,
  SKIPPED,
  UNDONE,
  CANCELLED,
  OPEN,
  ENTRIES,
  LEFT_OUT(NUMBER);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  ReportCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
