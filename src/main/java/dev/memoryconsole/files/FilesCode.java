package dev.memoryconsole.files;

import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about files that are in use. */
public enum FilesCode implements MessageCode {
  REPLACED_MEANWHILE(TEXT),
  REPLACED_WHILE_OPEN(TEXT),
  USED_BY_THIS_PROGRAM(TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  FilesCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
