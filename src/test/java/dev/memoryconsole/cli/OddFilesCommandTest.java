package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Files of other programs. */
class OddFilesCommandTest extends CommandLineTestBase {
  private static final int ROWS = 60_000;

  @Test
  void aFileInUtf16IsRefusedByWhoWritesAndExportedWithoutItsBrokenRow() throws Exception {
    Path file = folder.resolve("theirs.db");
    Sql.run(
        file,
        "PRAGMA encoding = 'UTF-16le'",
        Sql.THEIR_TABLE,
        "INSERT INTO memories VALUES ('fine', 'a bridge', 'fact', 'global', 0.5, 1, '{}'),"
            + " ('broken', CAST(x'610000D86200' AS TEXT), 'fact', 'global', 0.5, 2, '{}')");
    byte[] before = Files.readAllBytes(file);
    run("upgrade %s --no-llm", file).isRefused("UTF-16", "nothing was changed");
    run("list %s", file).isDone();
    Path exported = folder.resolve("out.json");
    Answer export = run("export %s %s", file, exported);
    assertThat(export.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(export.err() + export.out()).contains("broken is not in the file: its text");
    assertThat(Files.readString(exported)).contains("a bridge").doesNotContain("broken");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    Path store = folder.resolve("ours.db");
    assertThat(run("import %s %s", store, exported).code()).isEqualTo(ExitCode.DONE);
  }

  private void makeTheirs() throws Exception {
    Sql.run(
        store,
        Sql.THEIR_TABLE,
        "INSERT INTO memories WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
            + " i < "
            + ROWS
            + ") SELECT CASE WHEN i % 6 = 0 THEN 'corpus:' || i ELSE 'id-' || i END, 'text',"
            + " 'fact', 'global', 0.5, i, CASE i % 3 WHEN 0 THEN '{}' WHEN 1 THEN"
            + " '{\"memory_category\":\"events\",\"upgraded_by\":\"llm:m\"}' ELSE"
            + " '{\"memory_category\":\"events\"}' END FROM n");
  }

  @Test
  void whatIsKnownOfALargeTableIsSaidBeforeEveryMemoryIsRead() throws Exception {
    makeTheirs();

    Answer answer = run("stats STORE --json");

    answer.isDone();
    assertThat(answer.err()).contains("60,000 memories.", "keeps no counts", "Ctrl+C");
    assertThat(answer.number("total")).isEqualTo(ROWS);
    assertThat(answer.number("corpus")).isEqualTo(ROWS / 6);
    assertThat(answer.number("legacy")).isEqualTo(ROWS / 6);
    assertThat(answer.number("upgraded")).isEqualTo(ROWS / 3);
    assertThat(answer.number("stamped")).isEqualTo(ROWS / 3);
  }

  @Test
  void countingIsGivenUpOnceNobodyWantsIt() throws Exception {
    makeTheirs();
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    try (SqliteStore theirs = SqliteStore.open(store)) {
      assertThatThrownBy(() -> cancellation.during(theirs::stats))
          .isInstanceOf(CancellationException.class);
      assertThat(theirs.isIndexed()).isFalse();
    }
  }

  @Test
  void aStoreThatKeepsCountsSaysNothing() throws Exception {
    importExport();

    assertThat(run("stats STORE").err()).isEmpty();
    try (SqliteStore ours = SqliteStore.open(store)) {
      assertThat(ours.isIndexed()).isTrue();
    }
  }
}
