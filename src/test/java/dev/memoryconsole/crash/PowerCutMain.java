package dev.memoryconsole.crash;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;

/** An upgrade that ends in the middle without another word. */
final class PowerCutMain {
  private PowerCutMain() {}

  /** Store, journal, and after how many entries it ends. */
  public static void main(String[] arguments) {
    Upgrades upgrades =
        Services.upgrades(SqliteStore.open(Path.of(arguments[0])), Path.of(arguments[1]));
    RunHandle run =
        upgrades.upgrade(
            EntryQuery.ALL, Integer.MAX_VALUE, UpgradeOptions.DEFAULT.withBatchSize(10));
    while (run.progress().done() < Integer.parseInt(arguments[2])) {
      Thread.onSpinWait();
    }
    Runtime.getRuntime().halt(0);
  }
}
