package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * How long another console that writes to the same journal every five milliseconds is kept waiting
 * for it, alone and while a run of 1,000,000 entries is started. It looks again every half
 * millisecond, so that what it waits is how long the journal is held, not how long SQLite sleeps.
 *
 * <p>Not a test: {@code mvn test -Pbench -Dtest=JournalStartBenchmark}, with {@code
 * -Dbench.rows=300000} for another run.
 */
@Tag("bench")
class JournalStartBenchmark {
  private static final int ENTRIES = Integer.getInteger("bench.rows", 1_000_000);
  private static final int ROUNDS = 3;
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  @TempDir private Path folder;
  private final PrintStream out = System.out;

  @Test
  void othersWaitWhileALargeRunIsStarted() throws Exception {
    List<String> ids = IntStream.range(0, ENTRIES).mapToObj(i -> "memory-" + i).toList();
    for (int round = 0; round < ROUNDS; round++) {
      Path file = folder.resolve("journal" + round + ".db");
      try (Journal journal = new SqliteJournal(file);
          Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        try (Statement statement = other.createStatement()) {
          statement.execute("PRAGMA busy_timeout = 0");
          statement.execute("CREATE TABLE others (n INTEGER)");
        }
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        show("alone", waits(other, () -> System.nanoTime() < end));
        long begun = System.nanoTime();
        CompletableFuture<Long> started =
            CompletableFuture.supplyAsync(
                () ->
                    journal
                        .runs()
                        .start(
                            new RunPlan(
                                "/a/store.db",
                                RunKind.UPGRADE,
                                "simple",
                                0,
                                "FALLBACK",
                                Set.of(),
                                null,
                                ids),
                            1)
                        .orElseThrow());
        Histogram beside = waits(other, () -> !started.isDone());
        out.printf(
            "%,d entries started in %,d ms%n", ENTRIES, (System.nanoTime() - begun) / 1_000_000);
        show("beside the start", beside);
        assertThat(started.get()).isPositive();
      }
    }
  }

  private interface Going {
    boolean on();
  }

  private static Histogram waits(Connection connection, Going going) throws SQLException {
    Histogram waits = new Histogram(HIGHEST_NANOS, 3);
    try (Statement statement = connection.createStatement()) {
      while (going.on()) {
        long asked = System.nanoTime();
        while (!begun(statement)) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
        waits.recordValue(System.nanoTime() - asked);
        statement.execute("INSERT INTO others VALUES (1)");
        statement.execute("COMMIT");
        LockSupport.parkNanos(BEAT_NANOS);
      }
    }
    return waits;
  }

  private static boolean begun(Statement statement) throws SQLException {
    try {
      statement.execute("BEGIN IMMEDIATE");
      return true;
    } catch (SQLiteException e) {
      if (e.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
        return false;
      }
      throw e;
    }
  }

  private void show(String what, Histogram waits) {
    out.printf(
        "%s: %d writes, wait for the journal ms p50 %.2f p99 %.2f max %.2f%n",
        what,
        waits.getTotalCount(),
        waits.getValueAtPercentile(50) / 1e6,
        waits.getValueAtPercentile(99) / 1e6,
        waits.getMaxValue() / 1e6);
  }
}
