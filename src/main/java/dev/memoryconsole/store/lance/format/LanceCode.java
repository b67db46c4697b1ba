package dev.memoryconsole.store.lance.format;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/**
 * What a store in a LanceDB directory has to say. Those without arguments say what is being done,
 * to follow "Could not", or who wrote.
 */
public enum LanceCode implements MessageCode {
  CLOSED(Argument.TEXT),
  COLUMN_NEVER_WRITTEN(Argument.TEXT),
  COLUMN_DIFFERS(Argument.TEXT),
  NO_DIRECTORY(Argument.TEXT),
  MAY_NOT_READ(Argument.TEXT),
  TABLE_IS_A_FILE(Argument.TEXT, Argument.TEXT),
  NO_TABLE(Argument.TEXT, Argument.TEXT),
  NO_MEMORIES(Argument.TEXT, Argument.MESSAGE),
  LACKS_COLUMN(Argument.TEXT),
  OTHER_TYPE(Argument.TEXT, Argument.TEXT),
  REMAINS_OF_DELETED(),
  NO_VECTOR(Argument.TEXT),
  BUILT_IN(Argument.TEXT),
  VERSION_GONE(Argument.NUMBER, Argument.TEXT),
  VERSION_REMOVED(Argument.TEXT, Argument.NUMBER),
  MANIFEST_UNREADABLE(Argument.TEXT, Argument.NUMBER),
  NEWER_WRITER(Argument.TEXT, Argument.MESSAGE),
  NEWER_LANCE(),
  LANCE_VERSION(Argument.TEXT),
  LOSES_ROWS(Argument.TEXT, Argument.NUMBER, Argument.NUMBER),
  NEWER_FORMAT(Argument.TEXT, Argument.NUMBER, Argument.NUMBER, Argument.TEXT),
  NO_VERSION(Argument.TEXT),
  FILE_MISSING(Argument.TEXT, Argument.TEXT),
  FILE_DAMAGED(Argument.TEXT, Argument.MESSAGE),
  FILE_FORBIDDEN(Argument.TEXT, Argument.TEXT),
  IS_EMPTY(Argument.TEXT),
  IS_DAMAGED(Argument.TEXT),
  IS_CUT_SHORT(Argument.TEXT),
  NO_DATA_FILE(Argument.TEXT),
  NO_MANIFEST(Argument.TEXT),
  TOO_LARGE(Argument.TEXT),
  OTHER_SIZE(Argument.TEXT, Argument.NUMBER, Argument.NUMBER),
  OTHER_ROWS(Argument.TEXT),
  FAILED(Argument.MESSAGE, Argument.TEXT),
  FAILED_DISK_FULL(Argument.MESSAGE, Argument.TEXT),
  FAILED_FORBIDDEN(Argument.MESSAGE, Argument.TEXT),
  FAILED_PART_MISSING(Argument.MESSAGE, Argument.TEXT),
  FAILED_OVERTAKEN(Argument.MESSAGE, Argument.TEXT),
  UNKNOWN(Argument.TEXT),
  RESTORE_UNKNOWN(Argument.TEXT, Argument.TEXT),
  RESTORED_OVER_OTHERS(Argument.TEXT, Argument.TEXT, Argument.NUMBER),
  COPY_EXISTS(Argument.TEXT),
  SNAPSHOT_UNWRITABLE(Argument.TEXT),
  SNAPSHOT_UNREADABLE(Argument.TEXT),
  NO_SNAPSHOT(Argument.TEXT),
  NOT_A_SNAPSHOT(Argument.TEXT),
  OPENING(),
  READING_STORE(),
  LOOKING_AT_STORE(),
  READING(),
  COUNTING(),
  LOOKING_AT_MEMORIES(),
  WRITING(),
  TAKING_SNAPSHOT(),
  RESTORING();

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  LanceCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
