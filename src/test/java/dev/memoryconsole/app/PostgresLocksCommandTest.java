package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** {@code locks} tells of a server's table who waits for whom. */
class PostgresLocksCommandTest extends PostgresCommands {
  private static final String WAITS =
      "agent-2 \\d+ of agent_b \\(UPDATE memories SET text = \\? WHERE id = \\?\\) waits for"
          + " agent-1 \\d+ of agent_a \\(UPDATE memories SET importance = \\? WHERE id = \\?\\),"
          + " [0-9.]+ m?s so far; its transaction has lasted [0-9.]+ m?s\\.";

  private void grant(String... users) {
    server.makeTable(database).close();
    server.execute(database, "INSERT INTO memories (id, text) VALUES ('row-77', 'one')");
    for (String user : users) {
      server.execute(
          database,
          "DO $$ BEGIN CREATE ROLE "
              + user
              + " LOGIN PASSWORD '"
              + PostgresServer.PASSWORD
              + "'; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
          "GRANT SELECT, UPDATE ON memories TO " + user);
    }
  }

  /** What happens while one agent waits for another. */
  private interface Meanwhile {
    void happens() throws Exception;
  }

  private void whileOneWaits(Meanwhile meanwhile) throws Exception {
    try (Connection first = server.connect("agent_a", database);
        Connection second = server.connect("agent_b", database);
        Statement holds = first.createStatement();
        Statement waits = second.createStatement()) {
      first.setAutoCommit(false);
      holds.execute("SET application_name = 'agent-1'");
      holds.execute("UPDATE memories SET importance = 0.25 WHERE id = 'row-77'");
      waits.execute("SET application_name = 'agent-2'");
      FutureTask<Integer> waiting =
          new FutureTask<>(
              () -> waits.executeUpdate("UPDATE memories SET text = 'x' WHERE id = 'row-77'"));
      Thread.ofVirtual().start(waiting);
      await().until(this::somebodyWaits);
      meanwhile.happens();
      first.commit();
      assertThat(waiting.get()).isEqualTo(1);
    }
  }

  private boolean somebodyWaits() throws SQLException {
    try (Connection admin = server.connect(PostgresServer.ADMIN, database);
        Statement asks = admin.createStatement();
        var answer =
            asks.executeQuery(
                "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                    + " datname = current_database()")) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  @Test
  void whoWaitsForWhomIsToldInWordsAndInJsonWithoutValues() throws Exception {
    grant("agent_a", "agent_b");
    whileOneWaits(
        () -> {
          Answer words = run("locks", store);
          words.isDone();
          assertThat(words.out()).containsPattern(WAITS).doesNotContain("row-77", "hidden");
          Answer json = run("locks", store, "--json");
          JsonNode wait = json.json().path("waits").path(0);
          assertThat(wait.at("/waiter/application").asText()).isEqualTo("agent-2");
          assertThat(wait.at("/waiter/user").asText()).isEqualTo("agent_b");
          assertThat(wait.at("/holder/query").asText())
              .isEqualTo("UPDATE memories SET importance = ? WHERE id = ?");
          assertThat(wait.path("waited_ms").isIntegralNumber()).isTrue();
          assertThat(wait.path("held_ms").isIntegralNumber()).isTrue();
          assertThat(json.json().path("hidden_from").isNull()).isTrue();
        });
    Answer after = run("locks", store, "--json");
    assertThat(after.json().path("waits")).isEmpty();
  }

  @Test
  void whoMayNotSeeWhatOthersDoIsToldWhatToGrant() throws Exception {
    grant("agent_a", "agent_b", "blinkered");
    String url = server.url("blinkered", database);
    whileOneWaits(
        () -> {
          Answer words = run("locks", url);
          words.isDone();
          assertThat(words.out())
              .containsPattern("agent-2 \\d+ of agent_b waits for agent-1 \\d+ of agent_a\\.")
              .contains("GRANT pg_read_all_stats TO blinkered")
              .doesNotContain("UPDATE");
          JsonNode json = run("locks", url, "--json").json();
          assertThat(json.path("hidden_from").asText()).isEqualTo("blinkered");
          assertThat(json.at("/waits/0/waited_ms").isNull()).isTrue();
          server.execute(database, "GRANT pg_read_all_stats TO blinkered");
          assertThat(run("locks", url).out())
              .containsPattern(WAITS)
              .doesNotContain("pg_read_all_stats");
        });
    server.execute(database, "REVOKE pg_read_all_stats FROM blinkered");
  }
}
