package dev.memoryconsole.store.lance.library;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What may have to be said of Lance's native library. */
public enum LibraryCode implements MessageCode {
  NO_LIBRARY(Argument.TEXT, Argument.TEXT),
  NOT_UNPACKED(Argument.TEXT),
  NOT_LOADED();

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  LibraryCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
