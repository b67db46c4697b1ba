package dev.memoryconsole.app;

import dev.memoryconsole.settings.Locking;
import dev.memoryconsole.ui.services.LockRules;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradeOptions.CommitMode;
import dev.memoryconsole.upgrade.pace.Batching;

/** What the settings say about the lock, in the words of runs. */
final class LockingOptions {
  private LockingOptions() {}

  /** The options of a run by these settings. */
  static UpgradeOptions of(Locking locking) {
    return UpgradeOptions.DEFAULT
        .withBatching(batching(locking))
        // The settings are for all stores: one that can't does without.
        .withCommit(isSwap(locking) ? CommitMode.CAS_WHERE_POSSIBLE : CommitMode.BATCH);
  }

  static boolean isSwap(Locking locking) {
    return locking.commitOrDefault() == Locking.Commit.CAS;
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
    Locking.Commit commit = rules.swap() ? Locking.Commit.CAS : Locking.Commit.BATCH;
    return switch (rules.batching()) {
      case Batching.Fixed(int rows) -> new Locking(commit, rows, null);
      case Batching.Adaptive(var millis) ->
          new Locking(commit, null, millis.isPresent() ? millis.getAsInt() : null);
    };
  }
}
