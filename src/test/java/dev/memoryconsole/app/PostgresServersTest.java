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

    @Override
    protected void commit(Connection connection) throws SQLException {
      connection.commit();
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
