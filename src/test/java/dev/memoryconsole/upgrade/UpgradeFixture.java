package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** A real SQLite store, a real journal and the service over them, in one folder. */
final class UpgradeFixture implements AutoCloseable {
  final SqliteStore store;
  final Upgrades upgrades;

  UpgradeFixture(Path folder, Enricher enricher) {
    this(folder, enricher, SnapshotTaker.NONE);
  }

  UpgradeFixture(Path folder, Enricher enricher, SnapshotTaker snapshots) {
    Path file = folder.resolve("store.db");
    store = file.toFile().exists() ? SqliteStore.open(file) : SqliteStore.create(file);
    upgrades =
        new UpgradeService(
            store,
            new SqliteJournal(folder.resolve("journal.db")),
            Enrichers.of(enricher),
            snapshots,
            Clock.systemUTC());
  }

  /** Adds so many legacy rows, m0, m1, …, and answers their ids. */
  List<String> addLegacy(int count) throws InterruptedException {
    List<MemoryEntry> rows = Entries.legacy(count);
    store.insert(rows, ExistingRows.SKIP);
    return rows.stream().map(MemoryEntry::id).toList();
  }

  MemoryEntry row(String id) {
    return store.find(List.of(id)).getFirst();
  }

  /** Writes metadata as an agent would, under the store's lock. */
  void writeAsAgent(String id, String metadata) throws InterruptedException {
    store.patch(List.of(id), Patches.of(row -> metadata), LockPurpose.of(LockPurpose.Kind.OTHER));
  }

  /** Runs SQL on a connection of its own, as another program would. */
  void executeAsAgent(String sql) throws SQLException {
    Sql.run(Path.of(store.location().toString()), sql);
  }

  /** Gives a row another text, as another program would. */
  void rewrite(String id, String text) {
    try {
      executeAsAgent("UPDATE memories SET text = '" + text + "' WHERE id = '" + id + "'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A model whose answer the test decides. */
  interface Model {
    Enriched answer(MemoryEntry entry) throws EnrichmentException, InterruptedException;
  }

  /** An enricher by the name of {@code llm:test}. */
  static Enricher model(Model model) {
    return new Answering("llm:test", entry -> model.answer(entry));
  }

  /** The answer of a model that does well. */
  static Enriched good(MemoryEntry entry) {
    return new Enriched(SimpleEnrichment.of(entry.text()), Message.NONE);
  }

  @Override
  public void close() {
    upgrades.close();
  }
}
