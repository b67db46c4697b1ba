package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of shared runs, each on a machine of its own. */
class SharedCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int ROWS = 40;

  @TempDir private Path folder;
  private final Map<String, String> environment = Map.of("PGPASSWORD", PostgresServer.PASSWORD);
  private PostgresServer server;
  private String database;
  private String store;

  @BeforeEach
  void makeTable() {
    server = PostgresServer.shared();
    database = server.newDatabase();
    store = server.url(database);
    server.makeTable(database).close();
    server.execute(
        database,
        "INSERT INTO memories (id, text, category, scope, timestamp, metadata)"
            + " SELECT 'row' || n, 'The text of ' || n, 'fact', 'global', 1700000000000, '{}'"
            + " FROM generate_series(1, "
            + ROWS
            + ") AS n");
  }

  @AfterEach
  void drop() {
    server.drop(database);
  }

  private record Answer(int code, String out, String err) {
    JsonNode json() throws IOException {
      return MAPPER.readTree(out);
    }

    Answer isDone() {
      assertThat(code).as(out + err).isEqualTo(ExitCode.DONE);
      return this;
    }

    void isRefused(CharSequence... words) {
      assertThat(code).as(out + err).isEqualTo(ExitCode.REFUSED);
      assertThat(err).contains(words);
      assertThat(err.lines().filter(line -> !line.startsWith("Try "))).hasSize(1);
    }
  }

  /** A command on a machine of this name. */
  private Answer run(String machine, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--workspace", folder.resolve(machine).toString()));
    Stores stores =
        new Stores(Clock.systemUTC(), folder.resolve("openclaw.json"), environment::get);
    int code =
        MemoryConsole.run(
            new Assembly(new SimpleEnricher(), Clock.systemUTC(), KeyLookup.system(), stores),
            (place, workspace, lock, port) -> ExitCode.DONE,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
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
          machines.submit(() -> run("one", with(model, "upgrade", store, "--shared")));
      Future<Answer> second =
          machines.submit(
              () -> {
                Answer waiting = run("other", with(model, "work", store));
                while (waiting.json().path("run").isNull()) {
                  waiting = run("other", with(model, "work", store));
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
      assertThat(run("third", "runs", store).isDone().out()).contains(run, "completed");
      run("third", "diff", store, "row7", "--run", run).isDone();
      run(
              "third",
              "report",
              store,
              "--run",
              run,
              "--html",
              folder.resolve("report.html").toString())
          .isDone();
      run("third", "verify", store).isDone();
      assertThat(run("third", "undo", store, "--run", run).isDone().out()).contains("40 undone");
      assertThat(run("one", "stats", store, "--json").json().path("legacy").asInt())
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
    run("one", "upgrade", store, "--shared", "--no-llm", "--limit", "3").isDone();
    Answer nothing = run("other", "work", store, "--no-llm").isDone();
    assertThat(nothing.out()).contains("No run of this store is shared");
    String[] open = {"runs", store, "--pause", "1000001"};
    run("other", open).isRefused("1000001");
  }

  @Test
  void onlyATableOfPostgresqlHasThem() throws Exception {
    Path file = folder.resolve("memories.db");
    Path rows =
        Files.writeString(folder.resolve("rows.json"), "[{\"id\": \"a\", \"text\": \"A text.\"}]");
    run("one", "import", file.toString(), rows.toString()).isDone();
    run("one", "upgrade", file.toString(), "--shared", "--no-llm")
        .isRefused("PostgreSQL", "SQLite");
    run("one", "work", file.toString(), "--no-llm").isRefused("PostgreSQL", "SQLite");
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
      run("one", "upgrade", theirs, "--shared", "--no-llm").isRefused("does not allow it");
      run("one", "upgrade", store, "--shared", "--no-llm", "--limit", "3").isDone();
      run("other", "work", theirs, "--no-llm").isRefused("worker", "memory_console");
      // Who only looks at runs has those of this machine.
      assertThat(run("other", "runs", theirs).isDone().out()).contains("0 runs");
      server.execute(
          database,
          "GRANT USAGE ON SCHEMA memory_console TO worker",
          "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA memory_console TO worker");
      run("other", "work", theirs, "--no-llm").isDone();
      assertThat(run("other", "upgrade", theirs, "--shared", "--no-llm").isDone().out())
          .contains("37 upgraded", "one console");
    } finally {
      server.execute(database, "DROP OWNED BY worker", "DROP ROLE worker");
    }
  }
}
