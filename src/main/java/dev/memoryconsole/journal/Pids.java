package dev.memoryconsole.journal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of the processes in a lock's history are other ones that are alive. */
final class Pids {
  private final RunClaims claims;
  private final Map<RunOwner, Boolean> others = new HashMap<>();

  Pids(RunClaims claims) {
    this.claims = claims;
  }

  /** The process id if it is that of another process that is alive; else 0. */
  long other(long pid, long startedAt, @Nullable String process) {
    RunOwner owner = new RunOwner(pid, startedAt, process);
    boolean isOther =
        pid != 0
            && others.computeIfAbsent(owner, asked -> !asked.isSelf() && claims.isAlive(asked));
    return isOther ? pid : 0;
  }
}
