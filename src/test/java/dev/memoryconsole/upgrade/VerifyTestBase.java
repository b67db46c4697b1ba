package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades of a store whose agent may write an old copy of a row back. */
abstract class VerifyTestBase {
  static final Duration SHORT = Duration.ofMillis(60);
  static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT.withBatchSize(10);
  static final String STALE = "{\"note\":\"from the agent\"}";

  @TempDir Path folder;
  SqliteStore real;
  SettlingStore settling;
  Upgrades upgrades;

  @BeforeEach
  void open() {
    real = SqliteStore.create(folder.resolve("store.db"));
    settling = new SettlingStore(real, SHORT);
    upgrades = service(settling.store(), folder, Clock.systemUTC());
  }

  static Upgrades service(MemoryStore store, Path folder, Clock clock) {
    return new UpgradeService(
        store,
        new SqliteJournal(folder.resolve("journal.db")),
        Enrichers.of(new SimpleEnricher()),
        SnapshotTaker.NONE,
        clock);
  }

  @AfterEach
  void close() {
    upgrades.close();
  }

  List<String> addLegacy(int count) throws InterruptedException {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Entries.entry("m" + i, "Memory number " + i + ".", "{}"));
    }
    real.insert(rows, ExistingRows.SKIP);
    return rows.stream().map(MemoryEntry::id).toList();
  }

  /** As the plugin's patch does that read the row before the upgrade. */
  void execute(String sql, String... values) throws SQLException {
    try (Connection agent = DriverManager.getConnection("jdbc:sqlite:" + real.location());
        PreparedStatement statement = agent.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  void writeOldCopyBack(String id) throws SQLException {
    execute("UPDATE memories SET metadata = ? WHERE id = ?", STALE, id);
  }

  MemoryEntry row(String id) {
    return real.find(List.of(id)).getFirst();
  }

  boolean isUpgraded(String id) {
    return LegacyRule.stateOf(row(id)) == MemoryState.UPGRADED;
  }

  RunRecord record(long run) {
    return upgrades.run(run).orElseThrow();
  }

  static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }
}
