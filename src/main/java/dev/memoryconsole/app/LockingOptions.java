package dev.memoryconsole.app;

import dev.memoryconsole.settings.Locking;
import dev.memoryconsole.ui.services.LockRules;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.pace.Batching;

/** What the settings say about the lock, in the words of runs. */
final class LockingOptions {
  private LockingOptions() {}

  /** The options of a run by these settings. */
  static UpgradeOptions of(Locking locking) {
    return UpgradeOptions.DEFAULT
        .withBatching(batching(locking))
        // The settings are for all stores: one that can't does without.
        .preferring(locking.commitOrDefault());
  }

  static Batching batching(Locking locking) {
    Integer rows = locking.fixedRows();
    if (rows != null) {
      return new Batching.Fixed(rows);
    }
    Integer millis = locking.holdMillis();
    return millis == null ? Batching.DEFAULT : Batching.holdingAtMost(millis);
  }

  /** The settings of these rules. */
  static Locking of(LockRules rules) {
    return switch (rules.batching()) {
      case Batching.Fixed(int rows) -> new Locking(rules.commit(), rows, null);
      case Batching.Adaptive(var millis) ->
          new Locking(rules.commit(), null, millis.isPresent() ? millis.getAsInt() : null);
    };
  }
}
