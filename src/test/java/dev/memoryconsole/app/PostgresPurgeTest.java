package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.memoryconsole.store.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code purge} tells what a server still holds of what was deleted, and what is true of it. */
class PostgresPurgeTest extends PostgresCommands {
  private static final String SECRET = "the quokka of Rottnest knows the vault combination";

  /** The files of the database in which it is. */
  private List<Path> holding() throws Exception {
    server.execute(database, "CHECKPOINT");
    try (Connection connection = server.connect(PostgresServer.ADMIN, database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database"
                    + " WHERE datname = current_database()")) {
      row.next();
      try (Stream<Path> files = Files.walk(Path.of(row.getString(1)))) {
        return files.filter(Files::isRegularFile).filter(PostgresPurgeTest::holds).toList();
      }
    }
  }

  private static boolean holds(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatTheServerStillHoldsIsToldAndHowToBeRidOfIt() throws Exception {
    // Its files are another user's.
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    server.makeTable(database).close();
    server.execute(
        database,
        "INSERT INTO memories (id, text, metadata) VALUES ('secret', '"
            + SECRET
            + "', '{}'), ('b', 'stays', '{}')");
    run("mend", store, "--delete", "--ids", "secret", "--yes", "1").isDone();
    assertThat(holding()).isNotEmpty();
    Answer purged = run("purge", store, "--yes", "1");
    purged.isDone();
    String advice = "VACUUM FULL \"public\".\"memories\"";
    assertThat(purged.out()).contains("Erased for good", advice, "standbys and backups");
    server.execute(database, advice);
    assertThat(holding()).isEmpty();
    assertThat(run("stats", store, "--json").json().path("total").asInt()).isEqualTo(1);
  }
}
