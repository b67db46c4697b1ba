package dev.memoryconsole.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads of the journal that nobody waits for any more. */
class UnwantedReadsTest {
  private static final String STORE = "/stores/a.db";

  @TempDir private Path folder;
  private Path file;
  private Journal journal;
  private LockLog locks;
  private long run;

  @BeforeEach
  void open() {
    file = folder.resolve("journal.db");
    journal = new SqliteJournal(file);
    run =
        journal
            .runs()
            .start(
                new RunPlan(
                    STORE, RunKind.UPGRADE, "simple", 1, "FALLBACK", Set.of(), null, List.of("a")),
                1)
            .orElseThrow();
    locks = journal.locks().log(STORE, new LockMetrics(), InstantSource.system());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private Object read(String what) {
    return switch (what) {
      case "runs" -> journal.runs().latest(STORE, 9);
      case "entries" -> journal.entries().list(run, Set.of(), 0, 9);
      case "history" -> journal.entries().history(STORE, "a");
      case "acquisitions" -> locks.events(0, Long.MAX_VALUE / 1_000, 9);
      case "figures" -> locks.reading(0, Long.MAX_VALUE / 1_000);
      default -> throw new IllegalArgumentException(what);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "runs, runs",
    "entries, entries",
    "history, entries",
    "acquisitions, lock_events",
    "figures, lock_stores"
  })
  void theStatementUnderneathIsStopped(String what, String table) throws Exception {
    Object before = read(what);
    endless(table);
    Cancellation cancellation = new Cancellation();
    FutureTask<Object> reading = new FutureTask<>(during(cancellation, () -> read(what)));
    Thread reader = Thread.ofPlatform().daemon().start(reading);
    await().until(() -> isInsideAStatement(reader));
    cancellation.cancel();
    assertThatThrownBy(reading::get).hasCauseInstanceOf(CancellationException.class);
    Sql.run(file, "DROP VIEW " + table, "ALTER TABLE whole_" + table + " RENAME TO " + table);
    // The connection is as good as before, and whoever is not cancelled is answered.
    assertThat(read(what)).isEqualTo(before);
  }

  /** Has every look at the table go on for ever. */
  private void endless(String table) throws Exception {
    Sql.run(
        file,
        "PRAGMA legacy_alter_table = ON",
        "ALTER TABLE " + table + " RENAME TO whole_" + table,
        "CREATE VIEW "
            + table
            + " AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
            + " SELECT whole.* FROM n CROSS JOIN whole_"
            + table
            + " whole WHERE n.x < 0");
  }

  private static Callable<Object> during(Cancellation cancellation, Callable<Object> work) {
    return () -> cancellation.during(work);
  }

  private static boolean isInsideAStatement(Thread reader) {
    return Arrays.stream(reader.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("step"));
  }

  @Test
  void whatIsWrittenMeanwhileComesThrough() throws Exception {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    Callable<Object> reading =
        during(
            cancellation,
            () -> {
              journal.entries().append(run, EntryChange.enriching(0, "Title", 1, 5));
              return read("entries");
            });
    assertThatThrownBy(reading::call).isInstanceOf(CancellationException.class);
    assertThat(journal.entries().list(run, Set.of(), 0, 9))
        .extracting(EntryRecord::title)
        .containsExactly("Title");
  }
}
