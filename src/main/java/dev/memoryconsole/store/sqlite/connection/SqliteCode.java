package dev.memoryconsole.store.sqlite.connection;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/**
 * What a store in an SQLite file has to say. Those without arguments say what is being done, to
 * follow "Could not".
 */
public enum SqliteCode implements MessageCode {
  CLOSED(Argument.TEXT),
  REPLACED(Argument.TEXT),
  NOT_CLOSED(Argument.TEXT),
  CLOSED_MEANWHILE(Argument.TEXT),
  TRIGGERS_FIRE(Argument.TEXT, Argument.MESSAGE),
  ONE_TRIGGER(Argument.TEXT),
  SEVERAL_TRIGGERS(Argument.TEXTS),
  READ_ONLY(Argument.TEXT),
  REMAINS_OF_DELETED(),
  SAFETY_COPY_LATE(Argument.TEXT),
  SAFETY_COPY_UNWRITABLE(Argument.TEXT),
  COPY_EXISTS(Argument.TEXT),
  COPY_UNWRITABLE(Argument.TEXT),
  COPY_TOO_LARGE(Argument.MESSAGE, Argument.TEXT, Argument.MESSAGE),
  RESTORE_NO_FILE(Argument.TEXT),
  RESTORE_DISK_FAILED(Argument.TEXT),
  SNAPSHOT_DAMAGED(Argument.TEXT),
  NOT_CREATED(Argument.TEXT),
  EXISTS_ALREADY(Argument.TEXT),
  NEWER_FORMAT(Argument.TEXT, Argument.NUMBER, Argument.NUMBER),
  NO_TABLE(Argument.TEXT),
  COLUMN_MISSING(Argument.TEXT, Argument.TEXTS),
  ID_NOT_TEXT(Argument.TEXT, Argument.TEXT),
  NO_INDEX(Argument.TEXT),
  DUPLICATE_IDS(Argument.TEXT),
  UTF16(Argument.TEXT),
  GENERATED_COLUMN(Argument.TEXT, Argument.TEXTS),
  HUGE_MEMORY(Argument.TEXT, Argument.NUMBER, Argument.NUMBER),
  OTHER_VERSION_COLUMN(Argument.TEXT),
  IS_A_FOLDER(Argument.TEXT),
  NO_FILE(Argument.TEXT),
  NOT_A_DATABASE(Argument.TEXT),
  MAY_NOT_READ(Argument.TEXT),
  NOT_READ(Argument.TEXT),
  END_MISSING(Argument.TEXT),
  NAME_TAKEN(Argument.TEXT, Argument.MESSAGES),
  THE_TABLE(Argument.TEXT),
  THE_VIEW(Argument.TEXT),
  THE_INDEX(Argument.TEXT),
  TRIGGERS_CANNOT_RUN(Argument.TEXT, Argument.MESSAGE, Argument.TEXT),
  TOOK_TOO_LONG_FOR_TRIGGERS(Argument.TEXT, Argument.NUMBER, Argument.MESSAGE),
  TOOK_TOO_LONG(Argument.TEXT, Argument.NUMBER),
  SWAP_STEP_FAILED(Argument.TEXT),
  STEP_FAILED(Argument.MESSAGE, Argument.TEXT),
  NO_LOG(Argument.TEXT),
  DAMAGED_TABLE(Argument.TEXT),
  COLUMN_NO_TEXT(Argument.TEXT),
  IMPORTANCE_NO_NUMBER(),
  COLUMN_NOT_EXACT(Argument.TEXT),
  COLUMN_GONE(Argument.TEXT),
  ROW_WITHOUT_ID(),
  ROW_HUGE(Argument.NUMBER),
  NOT_UTF8(Argument.TEXT),
  NOT_UTF16(Argument.TEXT),
  IS_BLOB(Argument.TEXT),
  IS_NUMBER(Argument.TEXT),
  UNKNOWN_DISK_FULL(Argument.TEXT),
  UNKNOWN_DISK_FAILED(Argument.TEXT),
  UNKNOWN_NOT_CONFIRMED(Argument.TEXT, Argument.TEXT),
  FAILED_READ_ONLY(Argument.MESSAGE, Argument.TEXT),
  FAILED_DISK_FULL(Argument.MESSAGE, Argument.TEXT),
  FAILED_DISK(Argument.MESSAGE, Argument.TEXT),
  FAILED_DAMAGED(Argument.MESSAGE, Argument.TEXT),
  FAILED_TO_OPEN(Argument.MESSAGE, Argument.TEXT),
  FAILED(Argument.MESSAGE, Argument.TEXT, Argument.TEXT),
  LOCKED(Argument.TEXT),
  LOCKED_BY_PROCESS(Argument.TEXT, Argument.NUMBER),
  LOCKED_BY_PROGRAM(Argument.TEXT, Argument.TEXT, Argument.NUMBER),
  RESTORING(),
  TAKING_SNAPSHOT(),
  MENDING(),
  ADOPTING(),
  LOOKING_AT_TABLE(),
  LOOKING_AT_TRIGGERS(),
  OPENING(),
  CLOSING(),
  ADDING(),
  READING(),
  COUNTING(),
  DERIVING(),
  LOOKING_TO_DERIVE(),
  LOOKING_FOR_ABSTRACTS(),
  INDEXING(),
  WRITING(),
  UNDOING_WRITE();

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  SqliteCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
