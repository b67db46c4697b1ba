package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A real SQLite store, a real journal and the service over them, in one folder. */
public abstract class UpgradeTestBase {
  protected static final UpgradeOptions PLAIN = UpgradeOptions.DEFAULT;

  /** One question after the other; what is answered waits, however long, until 20 are there. */
  protected static final UpgradeOptions ONE_BY_ONE = PLAIN.withConcurrency(1).withBatchSize(20);

  @TempDir protected Path folder;

  @SuppressWarnings("NullAway.Init")
  protected SqliteStore store;

  @SuppressWarnings("NullAway.Init")
  protected Upgrades upgrades;

  /** Opens all with the enrichment that needs no model. */
  protected final void open() {
    open(new SimpleEnricher());
  }

  /** Opens all with a model by the name of {@code llm:test}, whose answers the test decides. */
  protected final void open(Answering.Answer model) {
    open(new Answering("llm:test", model));
  }

  protected final void open(Enricher enricher) {
    open(enricher, SnapshotTaker.NONE);
  }

  /** Opens all, as another process would after the one before has ended, if there was one. */
  protected final void open(Enricher enricher, SnapshotTaker snapshots) {
    close();
    store = Files.exists(file()) ? SqliteStore.open(file()) : SqliteStore.create(file());
    upgrades =
        new UpgradeService(
            store,
            new SqliteJournal(folder.resolve("journal.db")),
            Enrichers.of(enricher),
            snapshots,
            Clock.systemUTC());
  }

  /** A service without a model over some store and the journal in a folder. */
  protected static Upgrades service(MemoryStore over, Path folder, Clock clock) {
    return new UpgradeService(
        over, new SqliteJournal(folder.resolve("journal.db")), new SimpleEnricher(), clock);
  }

  @AfterEach
  protected final void close() {
    if (upgrades != null) {
      upgrades.close();
    }
  }

  /** Adds so many legacy rows, m0, m1, …, and answers their ids. */
  protected final List<String> addLegacy(int count) throws InterruptedException {
    List<MemoryEntry> rows = Entries.legacy(count);
    store.insert(rows, ExistingRows.SKIP);
    return rows.stream().map(MemoryEntry::id).toList();
  }

  protected final MemoryEntry row(String id) {
    return store.find(List.of(id)).getFirst();
  }

  protected final boolean isUpgraded(String id) {
    return LegacyRule.stateOf(row(id)) == MemoryState.UPGRADED;
  }

  protected final RunRecord record(long run) {
    return upgrades.run(run).orElseThrow();
  }

  /** Whether enriching an entry has begun. */
  protected final boolean isBegun(String id) {
    return upgrades.history(id).stream().anyMatch(entry -> entry.attempt() == 1);
  }

  /** Writes metadata as an agent would, under the store's lock. */
  protected final void writeAsAgent(String id, String metadata) throws InterruptedException {
    store.patch(List.of(id), Patches.of(row -> metadata), LockPurpose.of(LockPurpose.Kind.OTHER));
  }

  /** Changes the store on a connection of its own, as another program would. */
  protected final void executeAsAgent(String sql, @Nullable Object... parameters)
      throws SQLException {
    Sql.update(file(), sql, parameters);
  }

  /** Gives a row another text, as another program would. */
  protected final void rewrite(String id, String text) {
    try {
      executeAsAgent("UPDATE memories SET text = ? WHERE id = ?", text, id);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The file of the store. */
  protected final Path file() {
    return folder.resolve("store.db");
  }

  /** The answer of a model that does well. */
  protected static Enriched good(MemoryEntry entry) {
    return new Enriched(SimpleEnrichment.of(entry.text()), Message.NONE);
  }
}
