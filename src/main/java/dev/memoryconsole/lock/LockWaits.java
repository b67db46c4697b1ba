package dev.memoryconsole.lock;

import java.util.List;

/**
 * Who waits for whom at one instant.
 *
 * @param all who waits, the longest first
 * @param hiddenFrom the user to whom the server does not show what some of them do; empty if it
 *     shows all
 */
public record LockWaits(List<LockWait> all, String hiddenFrom) {
  /** Nobody waits. */
  public static final LockWaits NONE = new LockWaits(List.of(), "");

  /** Makes one that stays as it is. */
  public LockWaits {
    all = List.copyOf(all);
  }
}
