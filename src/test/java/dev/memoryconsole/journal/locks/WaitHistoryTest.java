package dev.memoryconsole.journal.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.database.JournalDatabase;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.LockWaits;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.LockMetrics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was seen waiting for whom is kept, once, and not without bounds. */
class WaitHistoryTest {
  private static final String STORE = "postgresql://u@h/d?table=memories";
  private static final long EVER = Long.MAX_VALUE;

  @TempDir private Path folder;
  private final Clock clock = Clock.systemUTC();
  private volatile LockWaits server = LockWaits.NONE;
  private Path file;

  @BeforeEach
  void inFolder() {
    file = folder.resolve("journal.db");
  }

  private static LockWait wait(int waiter, @Nullable Duration waited, int holder) {
    return new LockWait(
        new LockWait.Party(waiter, "agent-" + waiter, "alice", "UPDATE memories SET text = ?"),
        waited,
        new LockWait.Party(holder, "memory-console", "bob", ""),
        Duration.ofSeconds(9));
  }

  private LockMetrics watched() {
    LockMetrics metrics = new LockMetrics(STORE, clock);
    metrics.waits().ask(() -> server);
    return metrics;
  }

  @Test
  void whatAConsoleSawIsThereForTheNextOne() {
    LockMetrics metrics = watched();
    server = new LockWaits(List.of(wait(1, Duration.ofSeconds(2), 5), wait(2, null, 5)), "bob");
    long begin = clock.millis();
    try (Journal journal = new SqliteJournal(file)) {
      journal.locks().keep(STORE, metrics, clock);
      await().untilAsserted(() -> assertThat(metrics.waits().between(0, EVER)).hasSize(2));
      assertThat(metrics.lookForWaits().hiddenFrom()).isEqualTo("bob");
      server = LockWaits.NONE;
      await().untilAsserted(() -> assertThat(metrics.lookForWaits().waiting()).isEmpty());
      assertThat(metrics.waits(0, EVER, 10)).as("over, not forgotten").hasSize(2);
    }
    try (Journal journal = new SqliteJournal(file)) {
      LockLog log = journal.locks().log(STORE, new LockMetrics(clock), clock);
      List<SeenWait> kept = log.waits(0, EVER, 10);
      assertThat(kept).hasSize(2);
      SeenWait first = kept.getFirst();
      assertThat(first.last().waiter()).isEqualTo(wait(1, null, 5).waiter());
      assertThat(first.last().holder()).isEqualTo(wait(1, null, 5).holder());
      assertThat(first.last().held()).isEqualTo(Duration.ofSeconds(9));
      assertThat(first.fromMillis()).isLessThanOrEqualTo(first.seenMillis() - 2_000);
      assertThat(kept.getLast().fromMillis()).isGreaterThanOrEqualTo(begin);
      assertThat(log.waits(0, begin - 60_000, 10)).isEmpty();
      assertThat(log.waits(0, EVER, 1)).containsExactly(kept.getLast());
      assertThat(journal.locks().log("another", new LockMetrics(clock), clock).waits(0, EVER, 10))
          .isEmpty();
    }
  }

  @Test
  void oneWaitThatTwoConsolesSawIsOne() {
    LockMetrics mine = watched();
    LockMetrics theirs = watched();
    try (Journal one = new SqliteJournal(file);
        Journal two = new SqliteJournal(file)) {
      one.locks().keep(STORE, mine, clock);
      two.locks().keep(STORE, theirs, clock);
      server = new LockWaits(List.of(wait(1, Duration.ofSeconds(4), 5)), "");
      mine.lookForWaits();
      theirs.lookForWaits();
      server = LockWaits.NONE;
    }
    try (Journal journal = new SqliteJournal(file)) {
      assertThat(journal.locks().log(STORE, new LockMetrics(clock), clock).waits(0, EVER, 10))
          .hasSize(1);
    }
  }

  @Test
  void onlyTheLatestAreKept() throws Exception {
    LockRetention retention =
        new LockRetention(10, 5, Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(3));
    LockMetrics metrics = watched();
    JournalDatabase.prepare(file);
    try (Connection connection = JournalDatabase.connect(file);
        Connection reading = JournalDatabase.connect(file)) {
      LockHistory history =
          new LockHistory(
              new JournalGate(file),
              new LockHistoryWriter(
                  connection, new JournalTransactions(connection), new RunClaims(file)),
              LockHistoryReader.of(reading, new RunClaims(file)),
              STORE,
              metrics,
              retention,
              clock);
      server =
          new LockWaits(
              IntStream.range(1, 30)
                  .mapToObj(waiter -> wait(waiter, Duration.ofMillis(waiter), 99))
                  .toList(),
              "");
      metrics.lookForWaits();
      history.flush();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT count(*) FROM lock_waits")) {
        assertThat(row.getInt(1)).isEqualTo(5);
      }
    }
  }
}
