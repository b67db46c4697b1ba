package dev.memoryconsole.testing;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;

/** The service that upgrades a store, with a real journal and by the real time. */
public final class Services {
  private Services() {}

  /** Without a model. */
  public static Upgrades upgrades(MemoryStore store, Path journal) {
    return upgrades(store, journal, new SimpleEnricher());
  }

  /**
   * With a model.
   *
   * @param journal the file of the journal, which need not be there
   */
  public static Upgrades upgrades(MemoryStore store, Path journal, Enricher enricher) {
    return new UpgradeService(store, new SqliteJournal(journal), enricher, Clock.systemUTC());
  }
}
