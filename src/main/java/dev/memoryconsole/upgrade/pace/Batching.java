package dev.memoryconsole.upgrade.pace;

import dev.memoryconsole.settings.Locking;
import java.util.OptionalInt;

/** How it is decided how many entries are committed under one acquisition of the lock. */
public sealed interface Batching {
  /** The controller finds the size for the store's own bound on holds. */
  Batching DEFAULT = new Adaptive(OptionalInt.empty());

  /** The most entries in a batch. */
  int MOST_ROWS = Locking.MOST_ROWS;

  /** The most that "hold the lock at most" can be, in milliseconds. */
  int LONGEST_HOLD_MILLIS = Locking.LONGEST_HOLD_MILLIS;

  /**
   * A fixed size.
   *
   * @param rows 1 to {@value Batching#MOST_ROWS}
   */
  record Fixed(int rows) implements Batching {
    /** Checks the range. */
    public Fixed {
      if (rows < 1 || rows > MOST_ROWS) {
        throw new IllegalArgumentException("The batch size must be from 1 to 10,000.");
      }
    }
  }

  /**
   * A size that keeps the holds short, found by measuring them.
   *
   * @param maxHoldMillis the bound on holds, 1 to {@value Batching#LONGEST_HOLD_MILLIS}
   *     milliseconds; empty for the store's own
   */
  record Adaptive(OptionalInt maxHoldMillis) implements Batching {
    /** Checks the range. */
    public Adaptive {
      if (maxHoldMillis.isPresent()
          && (maxHoldMillis.getAsInt() < 1 || maxHoldMillis.getAsInt() > LONGEST_HOLD_MILLIS)) {
        throw new IllegalArgumentException(
            "The bound on holding the lock must be from 1 to 10,000 milliseconds.");
      }
    }
  }

  /** A size that holds the lock at most so many milliseconds. */
  static Batching holdingAtMost(int millis) {
    return new Adaptive(OptionalInt.of(millis));
  }
}
