package dev.memoryconsole.lock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One who waits for another's rows.
 *
 * @param waiter who waits
 * @param waited how long the statement that waits has been at work; null if that can't be seen
 * @param holder who is waited for
 * @param held how long the holder's transaction has lasted; null if that can't be seen
 */
public record LockWait(
    Party waiter, @Nullable Duration waited, Party holder, @Nullable Duration held) {
  /**
   * A connection to the server.
   *
   * @param process the server's number of it
   * @param application as it calls itself; empty if it does not
   * @param user as whom it logged in; empty if it is the server's own
   * @param query its latest statement, shortened and without values; empty if it can't be seen
   */
  public record Party(int process, String application, String user, String query) {}
}
