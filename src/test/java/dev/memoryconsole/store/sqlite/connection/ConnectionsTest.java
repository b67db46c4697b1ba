package dev.memoryconsole.store.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
  private static final long LARGE = 20_000_000;

  @TempDir private Path folder;

  private Path emptyFile() throws IOException {
    return Files.createFile(folder.resolve("store.db"));
  }

  private static void fill(Connection connection) throws SQLException {
    Sql.execute(
        connection,
        "INSERT INTO rows (blob) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < 20000) SELECT randomblob(1000) FROM n");
  }

  @Test
  void whatOneHoldOfAnImportChangesIsWrittenOnceByItsCommit() throws IOException, SQLException {
    Path file = emptyFile();
    Path log = folder.resolve("store.db-wal");
    try (Connection connection = Connections.writer(file)) {
      Connections.set(connection, "journal_mode = WAL");
      Sql.execute(connection, "CREATE TABLE rows (id INTEGER PRIMARY KEY, blob BLOB)");
      long before = Files.size(log);

      Sql.execute(connection, "BEGIN IMMEDIATE");
      fill(connection);

      // Nothing had to make room for what came after it.
      assertThat(Files.size(log)).isEqualTo(before);

      Sql.execute(connection, "COMMIT");

      assertThat(Files.size(log)).isGreaterThan(before + LARGE);
    }
  }

  @Test
  void whatAStatementMayHaveToTakeBackIsCopiedToNoFile() throws IOException, SQLException {
    try (Connection connection = Connections.writer(emptyFile())) {
      assertThat(Sql.number(connection, "PRAGMA temp_store")).isEqualTo(2);
    }
  }
}
