package dev.memoryconsole.lock;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What locks have to say. {@link #LOCKFILE} and {@link #REDIS_LOCK} name the one that is meant. */
public enum LockCode implements MessageCode {
  LOCKFILE(Argument.TEXT),
  REDIS_LOCK(Argument.TEXT),
  BEHIND_OURSELVES(Argument.MESSAGE, Argument.MESSAGE),
  IN_TURN(Argument.MESSAGE, Argument.MESSAGE),
  IN_VAIN(Argument.MESSAGE, Argument.MESSAGE, Argument.MESSAGE),
  HELD(Argument.MESSAGE, Argument.MESSAGE, Argument.MESSAGE, Argument.MESSAGE),
  CLOSED(Argument.MESSAGE),
  LOST(Argument.MESSAGE, Argument.MESSAGE),
  NOBODY_HOLDS(Argument.MESSAGE),
  ALIVE(Argument.MESSAGE, Argument.NUMBER, Argument.MESSAGE, Argument.NUMBER),
  RENEWED(Argument.MESSAGE, Argument.MESSAGE),
  LET_GO(Argument.MESSAGE),
  RENEWED_OR_LET_GO(Argument.MESSAGE),
  NOT_REFRESHED(Argument.MESSAGE),
  FILES_IN_IT(Argument.MESSAGE),
  FILE_UNREACHABLE(Argument.TEXT),
  NOT_MADE(Argument.MESSAGE, Argument.MESSAGE),
  NOT_LOOKED_AT(Argument.MESSAGE, Argument.MESSAGE),
  NOT_REMOVED(Argument.MESSAGE, Argument.MESSAGE),
  ALLOW_WRITING(),
  NO_FOLDER(),
  SYSTEM_SAYS(Argument.TEXT),
  FOLDER_GONE(Argument.TEXT),
  REDIS_AWAY(Argument.TEXT, Argument.MESSAGE),
  REDIS_ADDRESS(),
  WRONG_PASSWORD(),
  NOBODY_ANSWERS(),
  NO_SUCH_HOST(),
  NO_ANSWER_IN_TIME(),
  NOT_ENCRYPTED(),
  CONNECTION_FAILED(Argument.TEXT),
  LEASE_OVER(),
  REDIS_SLOW(),
  REMOVED(),
  TAKEN_OVER(),
  STOOD_STILL(Argument.NUMBER),
  OTHERS_IN_TURN(),
  HELD_UNTIL(Argument.MESSAGE, Argument.NUMBER),
  HELD_BY_ANOTHER(),
  LAST_SIGN(Argument.MESSAGE),
  LAST_SIGN_AHEAD(Argument.MESSAGE, Argument.MESSAGE),
  MILLIS(Argument.NUMBER),
  SECONDS(Argument.NUMBER),
  PROCESS(Argument.TEXT, Argument.NUMBER),
  OTHER_PROGRAM(),
  OTHER_PROGRAM_OF(Argument.TEXT),
  OTHER_PROGRAM_TOKEN(Argument.TEXT),
  CONSOLE(Argument.TEXT, Argument.TEXT);

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  LockCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
