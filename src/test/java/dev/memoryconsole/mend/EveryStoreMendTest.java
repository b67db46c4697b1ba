package dev.memoryconsole.mend;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Each kind of store is looked through and mended alike. */
class EveryStoreMendTest {
  private static Map<String, String> rows(Connection agent, String query) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (agent;
        Statement statement = agent.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        StringBuilder all = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          all.append(row.getMetaData().getColumnLabel(column))
              .append('=')
              .append(row.getString(column))
              .append('|');
        }
        rows.put(row.getString(1), all.toString());
      }
    }
    return rows;
  }

  @Nested
  class OnSqlite extends MendContract {
    private @Nullable Path file;

    private Connection agent() throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @Override
    MemoryStore filled(Path place, List<MemoryEntry> rows) throws Exception {
      file = place;
      SqliteStore store = SqliteStore.create(place);
      store.insert(rows, ExistingRows.SKIP);
      try (Connection agent = agent();
          Statement statement = agent.createStatement()) {
        statement.execute("UPDATE memories SET vector = CAST('vector of ' || id AS BLOB)");
      }
      return store;
    }

    @Override
    Map<String, String> raw() throws Exception {
      return rows(
          agent(),
          "SELECT id, text, hex(vector) AS vector, category, scope, importance, timestamp, metadata"
              + " FROM memories");
    }
  }

  @Nested
  class OnLance extends MendContract {
    @SuppressWarnings("NullAway.Init")
    private PluginTable table;

    @SuppressWarnings("NullAway.Init")
    private MemoryStore store;

    @Override
    MemoryStore filled(Path place, List<MemoryEntry> rows) {
      table = PluginTable.create(place);
      table.add(rows);
      store = LanceStore.open(place, PluginTable.options());
      return store;
    }

    @Override
    Map<String, String> raw() throws Exception {
      Map<String, String> all = new TreeMap<>(table.allButMetadata());
      store
          .page(EntryQuery.ALL, 0, 100)
          .forEach(row -> all.merge(row.id(), "|metadata=" + row.metadata(), String::concat));
      return all;
    }

    @AfterEach
    void closeTable() {
      table.close();
    }
  }

  /** In a table that agents share, however it keeps metadata. */
  abstract static class OnPostgres extends MendContract {
    private final PostgresServer server = PostgresServer.shared();
    private final String database = server.newDatabase();
    private final String metadata;

    OnPostgres(String metadata) {
      this.metadata = metadata;
    }

    @Override
    MemoryStore filled(Path place, List<MemoryEntry> rows) throws Exception {
      MemoryStore store = server.makeTable(database, metadata);
      ((RowInsertion) store).insert(rows, ExistingRows.SKIP);
      server.execute(
          database, "UPDATE memories SET vector = convert_to('vector of ' || id, 'UTF8')");
      return store;
    }

    @Override
    Map<String, String> raw() throws Exception {
      return rows(
          server.connect(PostgresServer.ADMIN, database),
          "SELECT id, text, encode(vector, 'hex') AS vector, category, scope, importance,"
              + " timestamp, CAST(metadata AS text) AS metadata FROM memories");
    }

    @AfterEach
    void drop() {
      server.drop(database);
    }
  }

  @Nested
  @Tag("postgres")
  class OnPostgresValues extends OnPostgres {
    OnPostgresValues() {
      super("jsonb");
    }
  }

  @Nested
  @Tag("postgres")
  class OnPostgresTexts extends OnPostgres {
    OnPostgresTexts() {
      super("text");
    }
  }
}
