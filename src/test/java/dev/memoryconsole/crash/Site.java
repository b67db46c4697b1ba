package dev.memoryconsole.crash;

import static dev.memoryconsole.cli.Answer.NO_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A store, a workspace and the model's call record, and what can be said about them. */
record Site(Path folder, SiteStore memories, Path workspace) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String WITH_RESULTS =
      " FROM entries LEFT JOIN results ON entry = (run << 32) | position";

  /** With its workspace in its folder. */
  Site(Path folder, SiteStore memories) {
    this(folder, memories, folder.resolve("workspace"));
  }

  /** The answer of a command line. */
  record Answer(int code, String out, String err) {
    JsonNode json() throws IOException {
      return MAPPER.readTree(out);
    }
  }

  /** The file of SQLite that it has. */
  Path store() {
    return ((SiteStore.InFile) memories).file();
  }

  Path calls() {
    return folder.resolve("calls.txt");
  }

  Path journal() {
    return workspace.resolve("journal.db");
  }

  /** Copies the files to another place; the journal knows a store by its path. */
  Site copyTo(Path target) throws IOException, SQLException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path store = folder.resolve("store");
      for (Path file : files.filter(each -> !each.startsWith(store)).toList()) {
        Path copy = target.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    Site copy = new Site(target, memories.copyTo(target));
    if (Files.exists(copy.journal())) {
      Sql.update(copy.journal(), "UPDATE runs SET store = ?", copy.memories.key());
    }
    return copy;
  }

  /** The real command line, with the scripted model behind it. */
  Answer command(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(1, memories.typed());
    all.addAll(List.of("--workspace", workspace.toString(), "--json"));
    int code =
        MemoryConsole.run(
            new Assembly(new ScriptedModel(calls()), Clock.systemUTC()),
            NO_WINDOW,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  /** {@code resume}, in the scenario's way to write. */
  Answer resume(Scenario scenario) {
    String way = scenario == Scenario.SWAP ? "--commit=cas" : "--batch-size=5";
    return command("resume", "--no-llm", way, "--concurrency", "4");
  }

  /** The scenario's command once more, for a run that was not even recorded. */
  Answer again(Scenario scenario) {
    return switch (scenario) {
      case UPGRADE ->
          command(
              "upgrade",
              "--no-llm",
              "--batch-size",
              "5",
              "--ids",
              String.join(",", Scenario.chosen()));
      case SWAP ->
          command(
              "upgrade",
              "--no-llm",
              "--commit",
              "cas",
              "--ids",
              String.join(",", Scenario.chosen()));
      case RETRY -> command("retry", "--no-llm", "--batch-size", "5", "--run", "1");
      case MEND ->
          command(
              "mend",
              "--batch-size",
              "5",
              "--set",
              Scenario.FIELDS.get(0),
              "--set",
              Scenario.FIELDS.get(1),
              "--set",
              Scenario.FIELDS.get(2),
              "--set",
              Scenario.FIELDS.get(3),
              "--yes",
              "41",
              "--ids",
              String.join(",", Scenario.chosen()));
      case MERGE ->
          command(
              "mend",
              "--batch-size",
              "5",
              "--found",
              "duplicate",
              "--merge",
              "--delete",
              "--yes",
              "40");
      case DELETE ->
          command(
              "mend",
              "--batch-size",
              "5",
              "--delete",
              "--yes",
              "41",
              "--ids",
              String.join(",", Scenario.chosen()));
      case UNDO, RETURN -> command("undo", "--batch-size", "5", "--run", "1");
    };
  }

  /** Every row: what a run may write of it. */
  Map<String, String> metadata() throws SQLException {
    return memories.metadata();
  }

  /** Every row: metadata, version, state. */
  Map<String, String> rows() throws SQLException {
    return memories.rows();
  }

  /**
   * Every entry of a run: state, reason, both images, without the marker's time. Of a row that is
   * gone after a kill nobody can tell who deleted it, so the reason of a deletion may differ.
   */
  Map<String, String> entries(int run) throws SQLException {
    return Sql.pairs(
        journal(),
        "SELECT id, state || '|' || iif(state = 'DELETED', '', reason) || '|' || coalesce(before,"
            + " 'NULL') || '|' || coalesce(written, 'NULL') || coalesce(columns_before, '') ||"
            + " coalesce(columns_written, '') || quote(row_before) || quote(row_written)"
            + WITH_RESULTS
            + " WHERE run = "
            + run);
  }

  /** What a run has enriched, durably. */
  Set<String> enriched(int run) throws SQLException {
    return new TreeSet<>(
        Sql.pairs(
                journal(),
                "SELECT id, state"
                    + WITH_RESULTS
                    + " WHERE enrichment IS NOT NULL AND run = "
                    + run)
            .keySet());
  }

  /** Every run's state. */
  Map<String, String> runs() throws SQLException {
    return Sql.pairs(journal(), "SELECT id, state FROM runs");
  }

  /** Both databases are sound. */
  void assertSound() throws SQLException {
    memories.assertSound();
    new SiteStore.InFile(journal()).assertSound();
    assertThat(Sql.pairs(journal(), "SELECT rowid, \"table\" FROM pragma_foreign_key_check"))
        .isEmpty();
  }

  /** The marker's time is all that two equal runs may differ in. */
  static Map<String, String> timeless(Map<String, String> values) {
    Map<String, String> timeless = new TreeMap<>();
    values.forEach(
        (id, value) ->
            timeless.put(
                id, value.replaceAll("\"(upgraded|mended|archived)_at\":\\d+", "\"$1_at\":0")));
    return timeless;
  }
}
