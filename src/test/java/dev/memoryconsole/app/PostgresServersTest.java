package dev.memoryconsole.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.postgres.DriverBetween;
import dev.memoryconsole.store.postgres.PostgresPair;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that are not as one wishes, and the file of passwords that libpq has. */
class PostgresServersTest extends PostgresCommands {
  /** As the driver names it; it reads {@code PGPASSFILE} and {@code ~/.pgpass} as well. */
  private static final String PASSWORDS = "org.postgresql.pgpassfile";

  @AfterEach
  void forgetPasswords() {
    System.clearProperty(PASSWORDS);
  }

  private void passwords(String lines) throws Exception {
    System.setProperty(
        PASSWORDS, Files.writeString(folder.resolve("pgpass"), lines, UTF_8).toString());
  }

  private Path memories() throws Exception {
    return Files.writeString(
        folder.resolve("some.json"), "[{\"id\": \"a\", \"text\": \"one\", \"metadata\": {}}]");
  }

  @Test
  void thePasswordComesFromTheFileThatLibpqReads() throws Exception {
    server.makeTable(database).close();
    environment.clear();
    passwords(
        "# a comment\nelsewhere:*:*:*:wr0ng-77\n127.0.0.1:"
            + server.port()
            + ":"
            + database
            + ":*:"
            + PostgresServer.PASSWORD
            + "\n*:*:*:*:wr0ng-78\n");
    run("stats", store).isDone();
    passwords("*:*:*:*:wr0ng-canary-79\n");
    Answer refused = run("stats", store);
    refused.isRefused("The server refuses " + PostgresServer.ADMIN, "~/.pgpass");
    assertThat(refused.err()).doesNotContain("wr0ng");
    environment.put("PGPASSWORD", PostgresServer.PASSWORD);
    run("stats", store).isDone();
    environment.clear();
    passwords("");
    run("stats", store).isRefused("The server refuses " + PostgresServer.ADMIN, "PGPASSWORD");
  }

  @Test
  void aDatabaseThatIsNotInUtf8IsRefused() throws Exception {
    server.execute(
        PostgresServer.ADMIN,
        "CREATE DATABASE latin" + database + " ENCODING 'LATIN1' TEMPLATE template0");
    try {
      String latin = server.url("latin" + database);
      run("stats", latin).isRefused("keeps its texts as LATIN1", "nothing was changed");
      run("import", latin, memories().toString()).isRefused("LATIN1");
    } finally {
      server.drop("latin" + database);
    }
  }

  /** Has the server tell an older version. */
  private static final class OldServer extends DriverBetween {
    private OldServer(String database) throws SQLException {
      super("/" + database);
      register();
    }

    @Override
    protected @Nullable Object execute(Connection connection, String sql, Call call)
        throws Throwable {
      return switch (sql) {
        case "SHOW server_version_num" ->
            connection.createStatement().executeQuery("SELECT '100023'");
        case "SHOW server_version" -> connection.createStatement().executeQuery("SELECT '10.23'");
        default -> call.run();
      };
    }
  }

  @Test
  void aServerThatIsTooOldIsRefused() throws Exception {
    server.makeTable(database).close();
    try (OldServer _ = new OldServer(database)) {
      run("stats", store).isRefused("PostgreSQL 10.23, which is too old", "nothing was changed");
      run("upgrade", store, "--no-llm").isRefused("too old");
      run("import", store, memories().toString()).isRefused("too old");
    }
  }

  /**
   * A server that calls itself CockroachDB and refuses what that lacks by its documentation: a
   * column's collation "C", the numbers of transactions, plans as JSON, who blocks whom.
   */
  private static final class LikeCockroach extends DriverBetween {
    private LikeCockroach(String database) throws SQLException {
      super("/" + database);
      register();
    }

    @Override
    protected @Nullable Object execute(Connection connection, String sql, Call call)
        throws Throwable {
      if (sql.equals("SELECT version()")) {
        return connection.createStatement().executeQuery("SELECT 'CockroachDB CCL v26.2.0'");
      }
      if (sql.startsWith("CREATE") && sql.contains("COLLATE")) {
        throw new SQLFeatureNotSupportedException("no such collation", "0A000");
      }
      if (sql.contains("txid_current_snapshot") || sql.contains("pg_blocking_pids")) {
        return connection.createStatement().executeQuery("SELECT no_such_function()");
      }
      if (sql.startsWith("EXPLAIN")) {
        return connection.createStatement().executeQuery("EXPLAIN (NO_SUCH_OPTION) SELECT 1");
      }
      return call.run();
    }
  }

  @Test
  void aTableIsMadeAndUpgradedWithoutWhatCockroachDbLacks() throws Exception {
    try (LikeCockroach _ = new LikeCockroach(database)) {
      run("import", store, memories().toString()).isDone();
      run("upgrade", store, "--no-llm").isDone();
      assertThat(run("stats", store, "--json").json().path("upgraded").asInt()).isEqualTo(1);
      run("undo", store, "--run", "1").isDone();
      run("upgrade", store, "--no-llm", "--shared").isDone();
      run("locks", store).isDone();
      assertThat(run("list", store).out()).contains("one");
      run("check", store).isDone();
    }
  }

  @Test
  @Tag("slow")
  void aStandbyIsLookedAtAndNotChanged() throws Exception {
    try (PostgresPair pair = PostgresPair.start()) {
      run("import", pair.url(), memories().toString()).isDone();
      String standby = pair.standbyUrl();
      assertThat(run("stats", standby, "--json").json().path("total").asInt()).isEqualTo(1);
      assertThat(run("list", standby).out()).contains("one");
      run("export", standby, folder.resolve("out.json").toString()).isDone();
      run("locks", standby).isDone();
      run("upgrade", standby, "--no-llm").isRefused("answers reads only, as a standby does");
      run("import", standby, memories().toString()).isRefused("reads only", "primary");
      String another = standby.replace("table=memories", "table=others");
      run("stats", another).isRefused("There is no table");
      run("import", another, memories().toString()).isRefused("reads only");
      assertThat(run("stats", pair.url(), "--json").json().path("legacy").asInt()).isEqualTo(1);
    }
  }
}
