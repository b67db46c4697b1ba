package dev.memoryconsole.journal.locks;

import dev.memoryconsole.journal.lives.ProcessIdentity;
import dev.memoryconsole.journal.lives.RunClaims;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of the processes in a lock's history are other ones that are alive. */
final class OtherConsoles {
  private final RunClaims claims;
  private final Map<ProcessIdentity, Boolean> others = new HashMap<>();

  OtherConsoles(RunClaims claims) {
    this.claims = claims;
  }

  /** The process id if it is that of another process that is alive; else 0. */
  long pid(long pid, long startedAt, @Nullable String process) {
    ProcessIdentity owner = new ProcessIdentity(pid, startedAt, process);
    boolean isOther =
        pid != 0
            && others.computeIfAbsent(owner, asked -> !asked.isSelf() && claims.isAlive(asked));
    return isOther ? pid : 0;
  }
}
