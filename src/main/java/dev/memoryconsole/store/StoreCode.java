package dev.memoryconsole.store;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What may have to be said of any store. */
public enum StoreCode implements MessageCode {
  NOT_RESTORABLE(Argument.TEXT),
  NO_INSERTION(Argument.TEXT),
  SNAPSHOT_TAKES(Argument.MESSAGE, Argument.MESSAGE),
  SNAPSHOT_TOO_LARGE(Argument.MESSAGE, Argument.MESSAGE, Argument.TEXT),
  MEGABYTES(Argument.NUMBER),
  GIGABYTES(Argument.DECIMAL);

  private static final long MEGABYTE = 1_000_000;
  private static final long MEGABYTES_OF_GIGABYTE = 1_000;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  StoreCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  /** How much of a disk something takes, in megabytes, rounded up, or gigabytes. */
  public static Message taken(long bytes) {
    return size(Math.ceilDiv(bytes, MEGABYTE));
  }

  /** How much of a disk is free, in megabytes, rounded down, or gigabytes. */
  public static Message free(long bytes) {
    return size(bytes / MEGABYTE);
  }

  private static Message size(long megabytes) {
    return megabytes < MEGABYTES_OF_GIGABYTE
        ? StoreCode.MEGABYTES.with(megabytes)
        : StoreCode.GIGABYTES.with((double) megabytes / MEGABYTES_OF_GIGABYTE);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
