package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Words are found by the index that somebody has made possible, and without it by a scan. */
@Tag("postgres")
class PostgresTrigramTest {
  private static final int MANY = 20_000;

  private final PostgresServer server = PostgresServer.shared();
  private final PostgresEngine engine = new PostgresEngine("jsonb");

  @AfterEach
  void drop() {
    engine.close();
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = server.connect(PostgresServer.ADMIN, engine.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private long byIndexes() throws SQLException {
    return number(
        "SELECT coalesce(sum(s.idx_scan), 0) FROM pg_stat_user_indexes s JOIN pg_class c ON c.oid ="
            + " s.indexrelid JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin'");
  }

  private long byScans() throws SQLException {
    return number("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'memories'");
  }

  private void fill() {
    server.execute(
        engine.database(),
        "INSERT INTO memories (id, text, category, scope, timestamp, metadata) SELECT 'id' || n,"
            + " 'the harbour master of town ' || md5(n::text), 'fact', 'global', n, '{}' FROM"
            + " generate_series(1, "
            + MANY
            + ") AS n",
        "INSERT INTO memories (id, text, metadata) VALUES ('one', 'The ZEBRA crosses', '{}'),"
            + " ('two', 'x', '{\"l0_abstract\": \"another zebra\"}')",
        "VACUUM ANALYZE memories");
  }

  /** Found by a store of its own: a connection that ends tells the server what it has done. */
  private List<String> found(String words) {
    try (MemoryStore store = PostgresStore.open(engine.location(), PostgresEngine.OPTIONS)) {
      return store.ids(EntryQuery.ALL.withWords(words), 10);
    }
  }

  @Test
  void theIndexOverTrigramsIsUsedWhereItIs() throws Exception {
    assumeThat(number("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"))
        .isEqualTo(1);
    server.execute(engine.database(), "CREATE EXTENSION pg_trgm");
    engine.create(Path.of("")).close();
    fill();
    long indexes = byIndexes();
    long scans = byScans();
    assertThat(found("zebra")).containsExactlyInAnyOrder("one", "two");
    assertThat(byIndexes()).isGreaterThanOrEqualTo(indexes + 2);
    assertThat(byScans()).isEqualTo(scans);
  }

  @Test
  void theTableIsScannedWhereThereIsNone() throws Exception {
    engine.create(Path.of("")).close();
    fill();
    long scans = byScans();
    assertThat(number("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")).isZero();
    assertThat(found("zebra")).containsExactlyInAnyOrder("one", "two");
    assertThat(byIndexes()).isZero();
    assertThat(byScans()).isGreaterThan(scans);
  }
}
