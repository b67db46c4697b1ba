package dev.memoryconsole.journal.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.database.JournalDatabase;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.figures.LockTally;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.LockMetrics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class LockHistoryTest {
  private static final String STORE = "/stores/memories.db";
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

  @TempDir Path folder;
  private Path file;
  private final AtomicLong now = new AtomicLong(START);
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

  @BeforeEach
  void name() {
    file = folder.resolve("journal.db");
  }

  private static LockAcquisition batch(long run, int batch, long atMillis, double holdMillis) {
    return new LockAcquisition(
        new LockPurpose(LockPurpose.Kind.UPGRADE, run, batch),
        atMillis,
        50_000,
        (long) (holdMillis * 1e6),
        10,
        LockAcquisition.Outcome.RELEASED);
  }

  @Test
  void whatAConsoleRecordedIsThereForTheNextOne() {
    LockMetrics first = new LockMetrics(clock);
    List<LockAcquisition> recorded = new ArrayList<>();
    try (Journal journal = new SqliteJournal(file)) {
      journal.locks().keep(STORE, first, clock);
      for (int i = 1; i <= 250; i++) {
        recorded.add(batch(3, i, START + i * 100L, 1.5));
      }
      recorded.add(
          LockAcquisition.seen(new LockHolder.Foreign(4711, "node"), START * 1_000, 9_000_000));
      recorded.add(LockAcquisition.commitSeen(LockHolder.Foreign.UNKNOWN, START * 1_000 + 5));
      recorded.forEach(first::record);
    }
    try (Journal journal = new SqliteJournal(file)) {
      LockLog log = journal.locks().log(STORE, new LockMetrics(clock), clock);
      assertThat(log.events(START - 1, START + DAY, 1_000))
          .containsExactlyInAnyOrderElementsOf(recorded);
      LockReading reading = log.reading(START, START + DAY);
      assertThat(reading.consoles().acquisitions()).isEqualTo(250);
      assertThat(reading.lanes())
          .containsKeys(new LockHolder.OurRun(3, 0), new LockHolder.Foreign(4711, "node"));
      assertThat(
              journal.locks().log("/stores/other.db", first, clock).events(START, START + DAY, 9))
          .as("another store's history is its own, the metrics' own events are not from it")
          .hasSize(9);
    }
  }

  @Test
  void twoConsolesSeeEachOtherWhileBothWrite() throws Exception {
    LockMetrics mine = new LockMetrics(clock);
    LockMetrics theirs = new LockMetrics(clock);
    try (Journal one = new SqliteJournal(file);
        Journal two = new SqliteJournal(file)) {
      one.locks().keep(STORE, mine, clock);
      two.locks().keep(STORE, theirs, clock);
      LockLog log = one.locks().log(STORE, mine, clock);
      for (int i = 1; i <= 500; i++) {
        mine.record(batch(1, i, START + i, 1));
        theirs.record(batch(2, i, START + i, 2));
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(log.reading(START, START + DAY).consoles().acquisitions())
                      .isEqualTo(1_000));
      assertThat(log.events(START, START + DAY, 10_000)).hasSize(1_000);

      claimForTheParentProcess();
    }
    try (Journal later = new SqliteJournal(file)) {
      LockReading reading =
          later.locks().log(STORE, new LockMetrics(clock), clock).reading(START, START + DAY);
      long parent = ProcessHandle.current().parent().orElseThrow().pid();
      assertThat(reading.lanes())
          .as("a console that is alive is another one, one that is gone was ours")
          .containsOnlyKeys(new LockHolder.OtherConsole(parent));
    }
  }

  private void claimForTheParentProcess() throws SQLException {
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    long start = parent.info().startInstant().orElseThrow().toEpochMilli();
    try (Connection connection = JournalDatabase.connect(file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE lock_sessions SET owner = NULL, pid = "
              + parent.pid()
              + ", pid_start = "
              + start);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rollingUpKeepsTheSumsAndThePercentiles(long seed) throws Exception {
    Random random = new Random(seed);
    LockRetention retention =
        new LockRetention(200, 5, Duration.ofHours(3), Duration.ofDays(1), Duration.ofDays(10_000));
    LockMetrics metrics = new LockMetrics(clock);
    LockTally exact = new LockTally();
    JournalDatabase.prepare(file);
    try (Connection connection = JournalDatabase.connect(file);
        LockHistoryReader reader =
            LockHistoryReader.of(JournalDatabase.connect(file), new RunClaims(file))) {
      LockHistory history = history(connection, reader, metrics, retention);
      for (int step = 0; step < 150; step++) {
        now.addAndGet(random.nextLong(MINUTE, 40 * MINUTE));
        for (int i = random.nextInt(20); i >= 0; i--) {
          LockAcquisition event = anything(random, now.get());
          metrics.record(event);
          exact.add(event);
        }
        history.flush();
        history.maintain();
      }
      LockLog log = new JournaledLocks(STORE, metrics, history, reader, clock);
      LockReading reading =
          new JournaledLocks(STORE, new LockMetrics(clock), null, reader, clock)
              .reading(START - DAY, now.get() + 1);

      assertSame(sum(reading.lanes()), sum(exact.figures()));
      assertThat(reading.fromMillis()).isLessThanOrEqualTo(START);
      assertThat(log.reading(START - DAY, now.get() + 1).all().acquisitions())
          .isEqualTo(sum(exact.figures()).acquisitions());
      assertThat(count("SELECT count(*) FROM lock_events")).isLessThanOrEqualTo(220);
      assertThat(count("SELECT count(DISTINCT span_ms) FROM lock_figures")).isEqualTo(3);
      assertThat(
              count(
                  "SELECT count(*) FROM (SELECT at_ms FROM lock_figures WHERE span_ms = 60000"
                      + " GROUP BY at_ms HAVING at_ms < "
                      + (now.get() - 5 * HOUR)
                      + ")"))
          .as("minutes that are too old")
          .isZero();
    }
  }

  private LockHistory history(
      Connection connection,
      LockHistoryReader reader,
      LockMetrics metrics,
      LockRetention retention) {
    return new LockHistory(
        new JournalGate(file),
        new LockHistoryWriter(connection, new JournalTransactions(connection), new RunClaims(file)),
        reader,
        STORE,
        metrics,
        retention,
        clock);
  }

  private static LockAcquisition anything(Random random, long millis) {
    LockHolder.Foreign agent = new LockHolder.Foreign(random.nextInt(2), "");
    return switch (random.nextInt(8)) {
      case 0 -> LockAcquisition.seen(agent, millis * 1_000, random.nextInt(50_000_000));
      case 1 -> LockAcquisition.commitSeen(agent, millis * 1_000);
      case 2 ->
          new LockAcquisition(
              LockPurpose.of(LockPurpose.Kind.IMPORT),
              millis,
              30_000_000_000L,
              0,
              0,
              LockAcquisition.Outcome.TIMED_OUT);
      default -> batch(1 + random.nextInt(5), 1, millis, Math.exp(random.nextGaussian()));
    };
  }

  private static LockFigures sum(Map<LockHolder, LockFigures> lanes) {
    return lanes.values().stream().reduce(LockFigures.NONE, LockFigures::plus);
  }

  private static void assertSame(LockFigures actual, LockFigures expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .ignoringFields("waits", "holds")
        .isEqualTo(expected);
    assertThat(actual.holds().count()).isEqualTo(expected.holds().count());
    assertThat(actual.waits().count()).isEqualTo(expected.waits().count());
    for (double percentile : new double[] {50, 90, 99, 100}) {
      double exact = expected.holds().millisAt(percentile);
      assertThat(actual.holds().millisAt(percentile)).isCloseTo(exact, within(exact / 100));
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = JournalDatabase.connect(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getLong(1);
    }
  }

  @Test
  void figuresThatAreTooOldAreForgottenAndSoAreSessionsOfWhichNothingIsLeft() throws Exception {
    LockRetention retention =
        new LockRetention(1, 5, Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(3));
    JournalDatabase.prepare(file);
    try (Connection connection = JournalDatabase.connect(file);
        LockHistoryReader reader =
            LockHistoryReader.of(JournalDatabase.connect(file), new RunClaims(file))) {
      for (int day = 0; day < 12; day++) {
        LockMetrics metrics = new LockMetrics(clock);
        LockHistory history = history(connection, reader, metrics, retention);
        metrics.record(batch(day, 1, now.get(), 1));
        history.flush();
        now.addAndGet(DAY);
        metrics.record(batch(day, 2, now.get(), 1));
        history.flush();
        history.maintain();
      }
    }
    assertThat(count("SELECT count(*) FROM lock_events")).isLessThanOrEqualTo(2);
    assertThat(count("SELECT count(*) FROM lock_figures WHERE span_ms = 86400000"))
        .isBetween(2L, 4L);
    assertThat(count("SELECT min(at_ms) FROM lock_figures")).isGreaterThan(now.get() - 5 * DAY);
    assertThat(count("SELECT count(*) FROM lock_sessions")).isLessThanOrEqualTo(3);
  }

  @Test
  void aProcessThatOnlyLooksLeavesNoTrace() throws Exception {
    try (Journal journal = new SqliteJournal(file)) {
      LockMetrics metrics = new LockMetrics(clock);
      journal.locks().keep(STORE, metrics, clock);
      assertThat(journal.locks().log(STORE, metrics, clock).reading(0, START).lanes()).isEmpty();
    }
    assertThat(count("SELECT count(*) FROM lock_sessions")).isZero();
  }
}
