package dev.memoryconsole.lab;

import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about the lab. */
public enum LabCode implements MessageCode {
  BATCH_SIZE,
  CONCURRENCY,
  COPY_NOT_MADE(TEXT),
  ENTRIES,
  FAILURES_OUT_OF_RANGE,
  MODEL_TIME,
  NO_COPY(TEXT),
  OUT_OF_RANGE(MESSAGE, NUMBER, NUMBER),
  SIMULATED_FAILURE,
  STOPPED,
  WRITER_PACE,
  WRITER_PATIENCE;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  LabCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
