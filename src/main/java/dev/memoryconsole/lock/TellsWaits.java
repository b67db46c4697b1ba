package dev.memoryconsole.lock;

import java.util.List;

/** What knows who waits for whom, as a server does. */
public interface TellsWaits {
  /**
   * Who waits for whom right now, whoever they are. What this user may not see of others is empty.
   * Asks the server, for two seconds at most.
   */
  List<LockWait> waits();
}
