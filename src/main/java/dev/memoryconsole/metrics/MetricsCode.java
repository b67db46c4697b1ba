package dev.memoryconsole.metrics;

import static dev.memoryconsole.message.Argument.NUMBER;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about serving figures. */
public enum MetricsCode implements MessageCode {
  PORT_NOT_HAD(NUMBER);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  MetricsCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
