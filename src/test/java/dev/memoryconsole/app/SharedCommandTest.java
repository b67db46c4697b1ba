package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands of shared runs, each on a machine of its own. */
class SharedCommandTest extends PostgresCommands {
  private static final int ROWS = 40;

  @BeforeEach
  void makeTable() {
    server.makeTable(database).close();
    server.execute(
        database,
        "INSERT INTO memories (id, text, category, scope, timestamp, metadata)"
            + " SELECT 'row' || n, 'The text of ' || n, 'fact', 'global', 1700000000000, '{}'"
            + " FROM generate_series(1, "
            + ROWS
            + ") AS n");
  }

  @Test
  void oneSharesAnotherTakesPartAndAnyTellsAndTakesBack() throws Exception {
    CountDownLatch bothAsk = new CountDownLatch(2);
    try (FakeEndpoint endpoint =
            new FakeEndpoint(
                exchange -> {
                  bothAsk.countDown();
                  try {
                    bothAsk.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  exchange.layers("A line.");
                });
        ExecutorService machines = Executors.newCachedThreadPool()) {
      String[] model = {
        "--llm-url", endpoint.url(), "--llm-model", "m", "--concurrency", "1", "--json"
      };
      Future<Answer> first =
          machines.submit(() -> runOn("one", with(model, "upgrade", store, "--shared")));
      Future<Answer> second =
          machines.submit(
              () -> {
                Answer waiting = runOn("other", with(model, "work", store));
                while (waiting.json().path("run").isNull()) {
                  waiting = runOn("other", with(model, "work", store));
                }
                return waiting;
              });

      JsonNode one = first.get().isDone().json();
      JsonNode other = second.get().isDone().json();
      assertThat(one.path("state").asText()).isEqualTo("completed");
      assertThat(one.path("upgraded").asInt()).isEqualTo(ROWS);
      assertThat(one.path("done_here").asInt()).isPositive();
      assertThat(other.path("done_here").asInt()).isPositive();
      assertThat(one.path("done_here").asInt() + other.path("done_here").asInt()).isEqualTo(ROWS);
      assertThat(one.path("workers")).hasSizeGreaterThanOrEqualTo(2);
      assertThat(endpoint.calls()).hasSize(ROWS);

      String run = one.path("run").asText();
      assertThat(runOn("third", "runs", store).isDone().out()).contains(run, "completed");
      runOn("third", "diff", store, "row7", "--run", run).isDone();
      runOn(
              "third",
              "report",
              store,
              "--run",
              run,
              "--html",
              folder.resolve("report.html").toString())
          .isDone();
      runOn("third", "verify", store).isDone();
      assertThat(runOn("third", "undo", store, "--run", run).isDone().out()).contains("40 undone");
      assertThat(runOn("one", "stats", store, "--json").json().path("legacy").asInt())
          .isEqualTo(ROWS);
    }
  }

  private static String[] with(String[] model, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(model));
    return all.toArray(String[]::new);
  }

  @Test
  void whatIsOverIsNoMoreWorkedOnNorPaused() throws Exception {
    runOn("one", "upgrade", store, "--shared", "--no-llm", "--limit", "3").isDone();
    Answer nothing = runOn("other", "work", store, "--no-llm").isDone();
    assertThat(nothing.out()).contains("No run of this store is shared");
    String[] open = {"runs", store, "--pause", "1000001"};
    runOn("other", open).isRefused("1000001");
  }

  @Test
  void onlyATableOfPostgresqlHasThem() throws Exception {
    Path file = folder.resolve("memories.db");
    Path rows =
        Files.writeString(folder.resolve("rows.json"), "[{\"id\": \"a\", \"text\": \"A text.\"}]");
    runOn("one", "import", file.toString(), rows.toString()).isDone();
    runOn("one", "upgrade", file.toString(), "--shared", "--no-llm")
        .isRefused("PostgreSQL", "SQLite");
    runOn("one", "work", file.toString(), "--no-llm").isRefused("PostgreSQL", "SQLite");
  }

  @Test
  void whoeverMayNotSeeThemIsTold() throws Exception {
    server.execute(
        database,
        "DROP ROLE IF EXISTS worker",
        "CREATE ROLE worker LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'",
        "GRANT SELECT, INSERT, UPDATE ON memories TO worker");
    try {
      String theirs = server.url("worker", database);
      runOn("one", "upgrade", theirs, "--shared", "--no-llm").isRefused("does not allow it");
      runOn("one", "upgrade", store, "--shared", "--no-llm", "--limit", "3").isDone();
      runOn("other", "work", theirs, "--no-llm").isRefused("worker", "memory_console");
      // Who only looks at runs has those of this machine.
      assertThat(runOn("other", "runs", theirs).isDone().out()).contains("0 runs");
      server.execute(
          database,
          "GRANT USAGE ON SCHEMA memory_console TO worker",
          "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA memory_console TO worker");
      runOn("other", "work", theirs, "--no-llm").isDone();
      assertThat(runOn("other", "upgrade", theirs, "--shared", "--no-llm").isDone().out())
          .contains("37 upgraded", "one console");
    } finally {
      server.execute(database, "DROP OWNED BY worker", "DROP ROLE worker");
    }
  }
}
