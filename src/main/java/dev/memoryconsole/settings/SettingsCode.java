package dev.memoryconsole.settings;

import static dev.memoryconsole.message.Argument.DURATION;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about settings, endpoints and keys. */
public enum SettingsCode implements MessageCode {
  BUDGET_NEGATIVE,
  ENTRY_UNUSABLE(TEXT),
  KEYCHAIN_SILENT(DURATION),
  KEYCHAIN_UNREADABLE,
  KEYCHAIN_UNSUPPORTED,
  KEY_ITSELF,
  NO_ENTRY(TEXT, TEXT),
  NO_KEY_IN_VARIABLE(TEXT),
  NO_MODEL,
  NO_PORT,
  NO_PROGRAM(TEXT),
  TEMPERATURE_OUT_OF_RANGE,
  UNENCRYPTED(TEXT),
  URL_BEGINS_OTHERWISE,
  URL_IS_NONE,
  URL_WITH_SECRET,
  VARIABLE_UNUSABLE(TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  SettingsCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
