package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every command takes a table of a server where it takes a path. */
class PostgresCommandTest extends PostgresCommands {
  private Path export() throws IOException {
    Path export = folder.resolve("plugin-export.json");
    try (InputStream in =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/dev/memoryconsole/exchange/plugin-export.json"))) {
      Files.copy(in, export);
    }
    return export;
  }

  @Test
  void anImportMakesTheTableAndAnUpgradeIsUndone() throws Exception {
    Answer imported = run("import", store, export().toString(), "--json");
    imported.isDone();
    int added = imported.json().path("added").asInt();
    assertThat(added).isPositive();
    JsonNode before = run("stats", store, "--json").json();
    assertThat(before.path("total").asInt()).isEqualTo(added);
    int legacy = before.path("legacy").asInt();
    assertThat(legacy).isPositive();
    Path exported = folder.resolve("before.json");
    run("export", store, exported.toString()).isDone();

    Answer upgraded = run("upgrade", store, "--no-llm", "--json");
    upgraded.isDone();
    assertThat(run("stats", store, "--json").json().path("legacy").asInt()).isZero();
    run("verify", store).isDone();
    run("undo", store, "--run", "1", "--json").isDone();
    assertThat(run("stats", store, "--json").json().path("legacy").asInt()).isEqualTo(legacy);
    Path again = folder.resolve("after.json");
    run("export", store, again.toString()).isDone();
    assertThat(memories(again)).isEqualTo(memories(exported));
    assertThat(run("runs", store, "--json").json().path("runs")).hasSize(2);
    assertThat(run("locks", store, "--json").code()).isZero();
    // Imported again, everything is there already.
    assertThat(run("import", store, export2().toString(), "--json").json().path("skipped").asInt())
        .isEqualTo(added);
  }

  private Path export2() {
    return folder.resolve("plugin-export.json");
  }

  private static JsonNode memories(Path export) throws IOException {
    return MAPPER.readTree(export.toFile()).path("memories");
  }

  @Test
  void aboutHowManyIsSaidBeforeTheyAreCounted() throws Exception {
    server.makeTable(database).close();
    server.execute(
        database,
        "INSERT INTO memories (id, text, metadata)"
            + " SELECT 'row' || n, 'The text of ' || n, '{}' FROM generate_series(1, 60001) AS n",
        "ANALYZE memories");
    Answer counted = run("stats", store, "--json").isDone();
    assertThat(counted.err())
        .containsPattern("About \\d\\d,\\d{3} memories\\.")
        .contains("Ctrl+C")
        .doesNotContain("keeps no counts");
    assertThat(counted.json().path("total").asInt()).isEqualTo(60_001);
    assertThat(run("list", store, "--limit", "2").isDone().out())
        .contains("row", "2 of 60001 entries.");
  }

  @Test
  void snapshotsAreNotOffered() throws Exception {
    run("import", store, export().toString()).isDone();
    run("snapshot", store).isRefused("no snapshots");
  }

  @Test
  void whoeverOpensItIsToldInOneSentenceWhatIsWrong() throws Exception {
    run("stats", store).isRefused("There is no table", "nothing was changed");
    run("stats", server.url("nowhere")).isRefused("no database");
    run("stats", store.replace("" + server.port(), "1")).isRefused("No server of PostgreSQL");
    run("stats", store + "&socketFactory=evil").isRefused("socketfactory");
    run("stats", store.replace("postgres@", "postgres:s3cret@")).isRefused("PGPASSWORD");
    run("stats", store + "&sslmode=require").isRefused("encrypt");
    run("stats", store + "&keychain=none").isRefused("keychain");
    environment.put("PGPASSWORD", "another");
    run("stats", store).isRefused("refuses");
    environment.put("PGPASSWORD", PostgresServer.PASSWORD);
    server.execute(database, "CREATE TABLE memories (id integer PRIMARY KEY, text text)");
    run("stats", store).isRefused("lacks", "category");
    run("import", store, export().toString()).isRefused("lacks");
    server.execute(
        database,
        "ALTER TABLE memories ADD category text, ADD scope text, ADD importance real,"
            + " ADD \"timestamp\" bigint, ADD metadata jsonb");
    run("stats", store).isRefused("id", "integer");
  }

  @Test
  void whoMayOnlyReadLooks() throws Exception {
    run("import", store, export().toString()).isDone();
    server.execute(
        database,
        "CREATE ROLE looker" + database + " LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'",
        "GRANT SELECT ON memories TO looker" + database);
    try {
      String looked = server.url("looker" + database, database);
      assertThat(run("stats", looked, "--json").json().path("total").asInt()).isPositive();
      run("list", looked).isDone();
      run("upgrade", looked, "--no-llm").isRefused("may only read");
      server.execute(database, "REVOKE SELECT ON memories FROM looker" + database);
      run("stats", looked).isRefused("does not allow");
      server.execute(
          database, "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
      run("upgrade", store, "--no-llm").isRefused("reads only");
    } finally {
      server.execute(
          PostgresServer.ADMIN,
          "ALTER DATABASE " + database + " RESET default_transaction_read_only");
      server.execute(database, "DROP OWNED BY looker" + database, "DROP ROLE looker" + database);
    }
  }

  @Test
  void noPasswordIsInAnyFile() throws Exception {
    run("import", store, export().toString()).isDone();
    run("upgrade", store, "--no-llm", "--limit", "3").isDone();
    try (Stream<Path> files = Files.walk(folder.resolve("workspace"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                Files.readString(file, StandardCharsets.ISO_8859_1)
                    .contains(PostgresServer.PASSWORD))
            .as("%s", file)
            .isFalse();
      }
    }
  }
}
