package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Tables of another shape are mapped by a view that names their columns. */
class PostgresViewTest extends PostgresCommands {
  private String asked(String sql) throws SQLException {
    try (Connection connection = server.connect(PostgresServer.ADMIN, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** As mem0 makes it, but for the type of the vector, of which the extension is not here. */
  private void mem0() {
    server.execute(
        database,
        "CREATE TABLE mem0 (id uuid PRIMARY KEY, vector real[], payload jsonb)",
        "CREATE INDEX ON mem0 (CAST(id AS text))",
        "INSERT INTO mem0 VALUES ('6f1c3f5e-0000-4000-8000-000000000001', '{0.1,0.2}', '{\"data\":"
            + " \"Likes dark roast\", \"user_id\": \"kim\", \"hash\": \"x\", \"created_at\":"
            + " \"2026-01-02T03:04:05+00:00\"}'), ('6f1c3f5e-0000-4000-8000-000000000002', '{0.3}',"
            + " '{\"data\": \"Lives in Leeds\"}')",
        "CREATE VIEW memories AS SELECT CAST(id AS text) AS id, payload ->> 'data' AS text,"
            + " CAST(NULL AS text) AS category, payload ->> 'user_id' AS scope,"
            + " CAST(NULL AS float8) AS importance, extract(epoch FROM CAST(payload ->>"
            + " 'created_at' AS timestamptz)) AS timestamp, payload AS metadata FROM mem0");
  }

  /** As LangGraph makes it, with a column for what is not its own. */
  private void langGraph() {
    server.execute(
        database,
        "CREATE TABLE store (prefix text NOT NULL, key text NOT NULL, value jsonb NOT NULL,"
            + " created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),"
            + " PRIMARY KEY (prefix, key))",
        "INSERT INTO store (prefix, key, value) VALUES ('kim.facts', 'a', '{\"content\": \"Likes"
            + " dark roast\"}'), ('kim', 'b', '{\"content\": \"Lives in Leeds\"}')",
        "ALTER TABLE store ADD memory jsonb",
        "CREATE VIEW memories AS SELECT prefix || '/' || key AS id, value ->> 'content' AS text,"
            + " CAST(NULL AS text) AS category, prefix AS scope, CAST(NULL AS float8) AS"
            + " importance, extract(epoch FROM created_at) AS timestamp, memory AS metadata FROM"
            + " store");
  }

  @Test
  void memoriesOfMem0AreUpgradedAndTheUndoLeavesThemAsTheyWere() throws Exception {
    mem0();
    String before = asked("SELECT string_agg(CAST(mem0 AS text), ',' ORDER BY id) FROM mem0");
    JsonNode listed = run("list", store, "--json").json();
    assertThat(listed.toString()).contains("Likes dark roast", "kim", "6f1c3f5e");
    assertThat(run("stats", store, "--json").json().path("legacy").asInt()).isEqualTo(2);
    run("upgrade", store, "--no-llm").isDone();
    assertThat(asked("SELECT payload FROM mem0 WHERE payload ->> 'user_id' = 'kim'"))
        .contains("\"data\": \"Likes dark roast\"", "\"hash\": \"x\"", "l0_abstract");
    assertThat(asked("SELECT vector FROM mem0 ORDER BY id LIMIT 1")).isEqualTo("{0.1,0.2}");
    assertThat(run("stats", store, "--json").json().path("legacy").asInt()).isZero();
    run("undo", store, "--run", "1").isDone();
    assertThat(asked("SELECT string_agg(CAST(mem0 AS text), ',' ORDER BY id) FROM mem0"))
        .isEqualTo(before);
  }

  @Test
  void memoriesOfLangGraphKeepTheirValuesAndWhatIsNotInTheViewStays() throws Exception {
    langGraph();
    run("upgrade", store, "--no-llm").isDone();
    assertThat(asked("SELECT memory ->> 'l0_abstract' FROM store WHERE key = 'b'"))
        .contains("Leeds");
    assertThat(asked("SELECT value FROM store WHERE key = 'b'"))
        .isEqualTo("{\"content\": \"Lives in Leeds\"}");
    Answer deleted = run("mend", store, "--delete", "--ids", "kim/b", "--yes", "1", "--json");
    assertThat(deleted.json().path("failed").asInt()).isEqualTo(1);
    assertThat(asked("SELECT count(*) FROM store")).isEqualTo("2");
    Answer set = run("mend", store, "--set", "importance=0.5", "--yes", "2", "--json");
    assertThat(set.json().path("failed").asInt()).isEqualTo(2);
    assertThat(asked("SELECT count(*) FROM store")).isEqualTo("2");
    run("mend", store, "--set", "tier=core", "--yes", "2").isDone();
    assertThat(asked("SELECT memory ->> 'tier' FROM store WHERE key = 'a'")).isEqualTo("core");
    run(
            "import",
            store,
            Files.writeString(
                    folder.resolve("some.json"),
                    "[{\"id\": \"a\", \"text\": \"one\", \"metadata\": {}}]")
                .toString())
        .isRefused("is a view", "nothing was changed");
  }

  @Test
  void idsThatAreNotUniqueAreLeftAlone() throws Exception {
    langGraph();
    server.execute(
        database,
        "INSERT INTO store (prefix, key, value) VALUES ('kim', 'facts/c', '{\"content\": \"1\"}'),"
            + " ('kim/facts', 'c', '{\"content\": \"2\"}')");
    run("upgrade", store, "--no-llm");
    assertThat(asked("SELECT count(*) FROM store WHERE memory IS NULL")).isEqualTo("2");
    assertThat(asked("SELECT count(*) FROM store WHERE memory IS NOT NULL")).isEqualTo("2");
  }

  @Test
  void aViewThatCantBeWrittenIsLookedAt() throws Exception {
    server.execute(
        database,
        "CREATE VIEW memories AS SELECT 'a' AS id, 'one' AS text, 'x' AS category, 'y' AS scope,"
            + " 1 AS importance, 1 AS timestamp, CAST('{}' AS jsonb) AS metadata");
    assertThat(run("list", store).out()).contains("one");
    run("upgrade", store, "--no-llm").isRefused("a view, can't be changed through it");
  }
}
