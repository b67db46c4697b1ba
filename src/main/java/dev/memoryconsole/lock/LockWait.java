package dev.memoryconsole.lock;

import java.time.Duration;

/**
 * One who waits for another's rows.
 *
 * @param waiter who waits
 * @param waited how long the statement that waits has been at work
 * @param holder who is waited for
 * @param held how long the holder's transaction has lasted
 */
public record LockWait(Party waiter, Duration waited, Party holder, Duration held) {
  /**
   * A connection to the server.
   *
   * @param process the server's number of it
   * @param application as it calls itself; empty if it does not, or that can't be seen
   * @param query its latest statement, shortened and without values; empty if it can't be seen
   */
  public record Party(int process, String application, String query) {}
}
