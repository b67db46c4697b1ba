package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commands on a table of a real server, in a database of their own. */
@Tag("postgres")
abstract class PostgresCommands {
  static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  final Map<String, String> environment = new HashMap<>();
  PostgresServer server;
  String database;
  String store;

  @BeforeEach
  void makeDatabase() {
    server = PostgresServer.shared();
    database = server.newDatabase();
    store = server.url(database);
    environment.put("PGPASSWORD", PostgresServer.PASSWORD);
  }

  @AfterEach
  void dropDatabase() {
    server.execute(PostgresServer.ADMIN, "DROP DATABASE " + database + " WITH (FORCE)");
  }

  record Answer(int code, String out, String err) {
    JsonNode json() throws IOException {
      return MAPPER.readTree(out);
    }

    Answer isDone() {
      assertThat(code).as(out + err).isEqualTo(ExitCode.DONE);
      return this;
    }

    void isRefused(CharSequence... words) {
      assertThat(code).as(out + err).isEqualTo(ExitCode.REFUSED);
      assertThat(err).contains(words).doesNotContain(PostgresServer.PASSWORD);
      assertThat(err.lines().filter(line -> !line.startsWith("Try "))).hasSize(1);
    }
  }

  Answer run(String... arguments) {
    return runOn("workspace", arguments);
  }

  /** A command on a machine of its own, which has this name. */
  Answer runOn(String machine, String... arguments) {
    Stores stores =
        new Stores(Clock.systemUTC(), folder.resolve("openclaw.json"), environment::get);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--workspace", folder.resolve(machine).toString()));
    int code =
        MemoryConsole.run(
            new Assembly(new SimpleEnricher(), Clock.systemUTC(), KeyLookup.system(), stores),
            (place, workspace, lock, port) -> ExitCode.DONE,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }
}
