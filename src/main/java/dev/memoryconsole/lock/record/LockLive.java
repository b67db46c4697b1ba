package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import java.util.List;
import java.util.Optional;

/**
 * Who waits for a store's lock and who holds it, at one instant.
 *
 * @param waiting who of this process waits, the one that asked first in front
 * @param holder who holds it as far as it is known; empty if nobody does
 */
public record LockLive(List<Present> waiting, Optional<Present> holder) {
  /**
   * Somebody who waits or holds right now.
   *
   * @param who who it is
   * @param purpose what for; of others {@link LockPurpose.Kind#OTHER}
   * @param sinceMicros since when, microseconds since 1970
   * @param forNanos for how long, nanoseconds
   */
  public record Present(LockHolder who, LockPurpose purpose, long sinceMicros, long forNanos) {}

  /** Nobody waits, nobody holds. */
  public static final LockLive IDLE = new LockLive(List.of(), Optional.empty());
}
