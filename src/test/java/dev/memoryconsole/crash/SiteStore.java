package dev.memoryconsole.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Where the memories of a site are, as another program sees them. */
sealed interface SiteStore {
  /** As somebody types it. */
  String typed();

  /** What a journal knows it by. */
  String key() throws IOException;

  /** Another one, as this is now, for the site in a folder. */
  SiteStore copyTo(Path folder) throws IOException, SQLException;

  /** Executes a statement. */
  void execute(String sql) throws SQLException;

  /** Every row: what a run may write of it. */
  Map<String, String> metadata() throws SQLException;

  /** Every row: metadata, version, state. */
  Map<String, String> rows() throws SQLException;

  /** Fails if it is damaged. */
  void assertSound() throws SQLException;

  /** How its engine spells a binary value. */
  String binary(String text);

  /** How its engine spells the number in an id like m12. */
  String number();

  /** How its engine sets keys of the metadata: names and values in turn. */
  String withKeys(String... namesAndValues);

  /** Removes what is not in the site's folder. */
  void remove();

  /** A file of SQLite. */
  record InFile(Path file) implements SiteStore {
    /** The file of the site in a folder, in a folder of its own that is made. */
    static InFile in(Path folder) throws IOException {
      return new InFile(Files.createDirectories(folder.resolve("store")).resolve("store.db"));
    }

    @Override
    public String typed() {
      return file.toString();
    }

    @Override
    public String key() throws IOException {
      return file.toRealPath().toString();
    }

    @Override
    public SiteStore copyTo(Path folder) throws IOException {
      InFile copy = in(folder);
      for (String suffix : new String[] {"", "-wal", "-shm"}) {
        Path each = Path.of(file + suffix);
        if (Files.exists(each)) {
          Files.copy(each, Path.of(copy.file + suffix));
        }
      }
      return copy;
    }

    @Override
    public void execute(String sql) throws SQLException {
      Sql.run(file, sql);
    }

    @Override
    public Map<String, String> metadata() throws SQLException {
      return Sql.pairs(
          file,
          "SELECT id, coalesce(metadata, 'NULL') || quote(scope) || quote(category)"
              + " || quote(importance) || quote(vector) FROM memories");
    }

    @Override
    public Map<String, String> rows() throws SQLException {
      return Sql.pairs(
          file,
          "SELECT m.id, m.version || ' ' || d.state || ' ' || coalesce(metadata, 'NULL')"
              + " || quote(scope) || quote(category) || quote(importance)"
              + " FROM memories m JOIN memories_doc d ON d.id = m.id");
    }

    @Override
    public void assertSound() throws SQLException {
      assertThat(Sql.pairs(file, "SELECT 1, integrity_check FROM pragma_integrity_check"))
          .as("%s", file)
          .containsExactly(Map.entry("1", "ok"));
    }

    @Override
    public String binary(String text) {
      return "CAST(" + text + " AS BLOB)";
    }

    @Override
    public String number() {
      return "substr(id, 2)";
    }

    @Override
    public String withKeys(String... namesAndValues) {
      StringBuilder set = new StringBuilder("json_set(metadata");
      for (int i = 0; i < namesAndValues.length; i += 2) {
        set.append(", '$.").append(namesAndValues[i]).append("', ");
        set.append(namesAndValues[i + 1].replace('"', '\''));
      }
      return set + ")";
    }

    @Override
    public void remove() {
      // The folder takes it along.
    }
  }

  /** A table in a database of its own, whose metadata stay as they are written. */
  record InPostgres(PostgresServer server, String database) implements SiteStore {
    /** An empty table. */
    static InPostgres fresh() {
      PostgresServer server = PostgresServer.shared();
      String database = server.newDatabase();
      server.makeTable(database).close();
      return new InPostgres(server, database);
    }

    @Override
    public String typed() {
      return server.url(database);
    }

    @Override
    public String key() {
      try (MemoryStore store = server.openTable(database)) {
        return store.location().key();
      }
    }

    /** Nobody may be connected to this one meanwhile. */
    @Override
    public SiteStore copyTo(Path folder) {
      return new InPostgres(server, server.copyOf(database));
    }

    @Override
    public void execute(String sql) {
      server.execute(database, sql);
    }

    private Map<String, String> pairs(String sql) throws SQLException {
      Map<String, String> pairs = new TreeMap<>();
      try (Connection connection = server.connect(PostgresServer.ADMIN, database);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          pairs.put(rows.getString(1), rows.getString(2));
        }
      }
      return pairs;
    }

    @Override
    public Map<String, String> metadata() throws SQLException {
      return pairs(
          "SELECT id, coalesce(metadata, 'NULL') || quote_nullable(scope)"
              + " || quote_nullable(category) || quote_nullable(importance)"
              + " || quote_nullable(vector) FROM memories");
    }

    @Override
    public Map<String, String> rows() throws SQLException {
      Map<String, String> rows =
          pairs(
              "SELECT id, version || ' ' || coalesce(metadata, 'NULL') || quote_nullable(scope)"
                  + " || quote_nullable(category) || quote_nullable(importance) FROM memories");
      try (MemoryStore store = server.openTable(database)) {
        for (MemoryEntry row : store.page(EntryQuery.ALL, 0, Integer.MAX_VALUE)) {
          rows.merge(row.id(), " " + LegacyRule.stateOf(row), String::concat);
        }
      }
      return rows;
    }

    @Override
    public void assertSound() {
      // The server saw no kill.
    }

    @Override
    public String binary(String text) {
      return "convert_to(" + text + ", 'UTF8')";
    }

    @Override
    public String number() {
      return "CAST(nullif(substr(id, 2), 'one') AS int)";
    }

    @Override
    public String withKeys(String... namesAndValues) {
      String set = "CAST(metadata AS jsonb)";
      for (int i = 0; i < namesAndValues.length; i += 2) {
        set =
            "jsonb_set(%s, '{%s}', '%s')".formatted(set, namesAndValues[i], namesAndValues[i + 1]);
      }
      return "CAST(" + set + " AS text)";
    }

    @Override
    public void remove() {
      server.drop(database);
    }
  }

  /** The location of it. */
  default StoreLocation location() {
    return StoreLocation.parse(typed()).orElseThrow();
  }
}
