package dev.memoryconsole.crash.anytime;

import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** A process to be killed: goes on with what the one before left, or upgrades what is legacy. */
final class PostgresCrashMain {
  private static final int BATCH = 5;

  private PostgresCrashMain() {}

  /** Takes the store's URL and the workspace. */
  public static void main(String[] arguments) throws Exception {
    Assembly assembly = new Assembly(new SimpleEnricher(), Clock.systemUTC());
    UpgradeOptions options = UpgradeOptions.DEFAULT.withBatchSize(BATCH);
    StoreLocation store = StoreLocation.parse(arguments[0]).orElseThrow();
    try (Upgrades upgrades = assembly.open(store, Path.of(arguments[1]))) {
      List<RunRecord> left = upgrades.resumable();
      EntryQuery legacy = EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY));
      RunHandle run =
          left.isEmpty()
              ? upgrades.upgrade(legacy, Integer.MAX_VALUE, options)
              : upgrades.resume(left.getFirst().id(), options);
      System.out.println("ready");
      run.await();
    }
  }
}
