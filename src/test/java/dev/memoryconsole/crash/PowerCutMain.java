package dev.memoryconsole.crash;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;

/** An upgrade that ends in the middle without another word. */
final class PowerCutMain {
  private PowerCutMain() {}

  /** Store, journal, and after how many entries it ends. */
  public static void main(String[] arguments) {
    UpgradeService upgrades =
        new UpgradeService(
            SqliteStore.open(Path.of(arguments[0])),
            new SqliteJournal(Path.of(arguments[1])),
            new SimpleEnricher(),
            Clock.systemUTC());
    RunHandle run =
        upgrades.upgrade(
            EntryQuery.ALL, Integer.MAX_VALUE, UpgradeOptions.DEFAULT.withBatchSize(10));
    while (run.progress().done() < Integer.parseInt(arguments[2])) {
      Thread.onSpinWait();
    }
    Runtime.getRuntime().halt(0);
  }
}
