package dev.memoryconsole.app;

import static dev.memoryconsole.message.Argument.MESSAGE;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about putting the program together and starting it. */
public enum AppCode implements MessageCode {
  BAD_PLUGIN_LOCK,
  BAD_WORKSPACE,
  DEMO_NOT_MADE(TEXT),
  KEYCHAIN_NOT_ASKED,
  LOCK_CHANGED(TEXT),
  LOCK_DOUBTED(TEXT, MESSAGE),
  LOCK_MAY_BE_IN_REDIS(MESSAGE),
  LOCK_NEVER_TAKEN(TEXT),
  LOCK_UNTOLD(TEXT, TEXT),
  NO_DISPLAY,
  PLACE_UNSET(TEXT),
  REDIS_UNUSABLE(TEXT, MESSAGE, TEXT, TEXT),
  SETTINGS_NOT_SAVED,
  SEVERAL_PLUGINS,
  UNKNOWN_SERVER(TEXT),
  VARIABLE_UNSET(TEXT),
  WINDOW_ENDED(TEXT),
  WORKSPACE_NOT_MADE(TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  AppCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
