package dev.memoryconsole.lock;

/** What knows who waits for whom, as a server does. */
public interface TellsWaits {
  /**
   * Who waits for whom right now, whoever they are. What this user may not see of others is empty.
   * Asks the server, for a few seconds at most.
   */
  LockWaits waits();
}
