package dev.memoryconsole.store;

import dev.memoryconsole.message.Argument;
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

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  StoreCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
