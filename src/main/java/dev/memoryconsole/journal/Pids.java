package dev.memoryconsole.journal;

import java.util.HashMap;
import java.util.Map;

/** Which of the processes in a lock's history are other ones that are alive. */
final class Pids {
  private final Map<RunOwner, Boolean> others = new HashMap<>();

  /** The process id if it is that of another process that is alive; else 0. */
  long other(long pid, long startedAt) {
    RunOwner owner = new RunOwner(pid, startedAt);
    boolean isOther =
        pid != 0 && others.computeIfAbsent(owner, asked -> !asked.isSelf() && asked.isAlive());
    return isOther ? pid : 0;
  }
}
