package dev.memoryconsole.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.database.JournalCheckpoints;
import dev.memoryconsole.journal.database.JournalDatabase;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.testing.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However much the journal holds, its steps stay small and its log does not grow for ever. */
class JournalSizeTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("journal.db");
  }

  private long log() throws IOException {
    return Files.size(folder.resolve("journal.db-wal"));
  }

  @Test
  void theLogStartsAnewWithoutTheWriter() throws Exception {
    JournalDatabase.make(file());
    JournalDatabase.prepare(file());
    AtomicInteger byWriter = new AtomicInteger();
    try (Connection writing = JournalDatabase.connectToWrite(file());
        Statement statement = writing.createStatement();
        JournalCheckpoints checkpoints = new JournalCheckpoints(file())) {
      statement.executeUpdate("CREATE TABLE filler (x)");
      for (int i = 0; i < 1_000; i++) {
        statement.executeUpdate("INSERT INTO filler VALUES (1)");
        checkpoints.afterWrite(byWriter::incrementAndGet);
      }
      // A log that started anew does not grow: its file is written from the beginning.
      await()
          .until(
              () -> {
                long before = log();
                statement.executeUpdate("INSERT INTO filler VALUES (1)");
                checkpoints.afterWrite(byWriter::incrementAndGet);
                return log() == before;
              });
      assertThat(byWriter).hasValue(0);
    }
  }

  @Test
  void aLogThatStaysLargeIsTheWritersToMove() throws Exception {
    JournalDatabase.make(file());
    JournalDatabase.prepare(file());
    AtomicInteger byWriter = new AtomicInteger();
    try (Connection writing = JournalDatabase.connectToWrite(file());
        Statement statement = writing.createStatement();
        Connection reading = JournalDatabase.connect(file());
        Statement reader = reading.createStatement();
        JournalCheckpoints checkpoints = new JournalCheckpoints(file())) {
      statement.executeUpdate("CREATE TABLE filler (x)");
      reader.execute("BEGIN");
      reader.executeQuery("SELECT count(*) FROM filler").close();
      statement.executeUpdate("INSERT INTO filler VALUES (zeroblob(70000000))");
      for (int i = 0; i < 1_000; i++) {
        checkpoints.afterWrite(byWriter::incrementAndGet);
      }
      await()
          .until(
              () -> {
                checkpoints.afterWrite(byWriter::incrementAndGet);
                return byWriter.get() > 0;
              });
    }
  }

  /** An undo asks for each entry by its id: that must not go over all others. */
  @Test
  @Timeout(60)
  void whatALargeRunWroteIsFoundByItsIds() throws Exception {
    List<String> ids = IntStream.range(0, 40_000).mapToObj(i -> "id-" + i).toList();
    try (Journal journal = new SqliteJournal(file())) {
      long run = journal.runs().start(Plans.upgrade(JournalTest.STORE, ids), 1).orElseThrow();
      int found = 0;
      for (int from = 0; from < ids.size(); from += 500) {
        journal
            .entries()
            .write(
                run,
                IntStream.range(from, from + 500)
                    .mapToObj(i -> EntryChange.committing(i, 9L, new EntryChange.Image("a", "b")))
                    .toList());
      }
      for (int from = 0; from < ids.size(); from += 500) {
        found += journal.entries().kept(run, ids.subList(from, from + 500)).size();
      }
      assertThat(found).isEqualTo(ids.size());
    }
  }

  /** One transaction, so it must not go over everything that ever happened. */
  @Test
  void aRestoreEndsTheVerificationOfFewRunsHoweverManyThereWere() throws Exception {
    try (Journal journal = new SqliteJournal(file())) {
      long run =
          journal.runs().start(Plans.upgrade(JournalTest.STORE, List.of("a")), 1).orElseThrow();
      journal
          .entries()
          .write(run, List.of(EntryChange.committing(0, 9L, new EntryChange.Image("a", "b"))));
      journal.runs().update(run, RunState.COMPLETED, 1, LockSummary.NONE, ModelUsage.NONE, 2L);
      journal.runs().release(run);
      // As 20,000 runs of which an earlier restore came after all.
      copies(run);
      long restore = journal.runs().start(RunPlan.restore(JournalTest.STORE, "x"), 3).orElseThrow();
      journal.runs().restoring(restore, "y");
      long before = log();
      journal.runs().endVerification(restore);
      assertThat(log() - before).isLessThan(100_000);
      assertThat(journal.runs().find(JournalTest.STORE, run).orElseThrow().verification())
          .isEqualTo(Verification.ENDED);
    }
  }

  private void copies(long run) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      // Else the log would start anew here, and not grow by what comes next.
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.executeUpdate("CREATE TEMP TABLE one AS SELECT * FROM runs WHERE id = " + run);
      statement.executeUpdate(
          "UPDATE one SET id = NULL, verification = 'ENDED', last_marker = 5, unwatched = 5");
      statement.executeUpdate("UPDATE runs SET verification = 'PENDING' WHERE id = " + run);
      statement.executeUpdate(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
              + " INSERT INTO runs SELECT one.* FROM n CROSS JOIN one");
    }
  }
}
