package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.exchange.Exporter;
import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.NewSqliteStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.ManyRows;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An import into a new store, and into an empty one that is open, against a bare loop over parsed
 * rows that fills the same tables and indexes in one transaction, in turn; and how much each
 * writes. Not a test: {@code mvn test -Pbench -Dtest=ImportBenchmark}.
 */
@Tag("bench")
class ImportBenchmark {
  private static final int ROWS = Integer.getInteger("bench.rows", 200_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final boolean INTO_OPEN = Boolean.getBoolean("bench.open");
  // In no order, as another tool may leave its memories; an export of ours has the newest first.
  private static final boolean SHUFFLED = Boolean.getBoolean("bench.shuffled");
  // How many memories the store has to begin with.
  private static final int THERE = Integer.getInteger("bench.there", 0);
  private static final int WORDS = 14;
  private static final double LEAST_SHARE = 0.9;
  private static final double MOST_WRITTEN = 6;

  // All of it is done by the thread that calls; another measure where others are busy, too.
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  private final PrintStream out = System.out;
  private Path input = Path.of("");

  private interface Filling {
    void into(Path file) throws Exception;
  }

  private record Taken(double rowsPerSecond, double written) {}

  @Test
  void importAgainstABareLoop() throws Exception {
    List<MemoryEntry> rows = make();
    Path there = folder.resolve("there.db");
    if (THERE > 0) {
      ManyRows.fill(there, THERE, WORDS, 2);
    }
    out.printf(
        Locale.ROOT, "%,d rows, %,d MB of JSON lines%n", ROWS, Files.size(input) / 1_000_000);
    double[] bare = new double[ROUNDS];
    double[] late = new double[ROUNDS];
    double[] ours = new double[ROUNDS];
    double written = 0;
    for (int round = 0; round < ROUNDS; round++) {
      bare[round] = fill("bare loop", file -> bareLoop(file, rows)).rowsPerSecond();
      late[round] = fill("bare loop, indexes after it", this::bareLoopThenIndexes).rowsPerSecond();
      Taken taken = fill("import, new store", this::importNew);
      ours[round] = taken.rowsPerSecond();
      written = Math.max(written, taken.written());
      if (INTO_OPEN) {
        fill("import, open store", this::importOpen);
      }
      if (THERE > 0) {
        fill("bare loop, rows there", file -> insert(file, rows), there);
        fill("import, rows there", file -> importInto(SqliteStore.open(file)), there);
      }
    }
    double share = BenchStore.median(ours) / BenchStore.median(bare);
    out.printf(
        Locale.ROOT,
        "median: import %,.0f/s, bare loop with indexes after it %,.0f/s, bare loop %,.0f/s, share"
            + " of it %.2f, limit %.1f: %s; written %.1f times"
            + " the input, limit %.0f: %s%n",
        BenchStore.median(ours),
        BenchStore.median(late),
        BenchStore.median(bare),
        share,
        LEAST_SHARE,
        share >= LEAST_SHARE ? "kept" : "NOT KEPT",
        written,
        MOST_WRITTEN,
        written <= MOST_WRITTEN ? "kept" : "NOT KEPT");
  }

  private List<MemoryEntry> make() throws Exception {
    Path made = folder.resolve("made.db");
    input = folder.resolve("input.jsonl");
    ManyRows.fill(made, ROWS, WORDS);
    List<MemoryEntry> rows;
    try (SqliteStore store = SqliteStore.open(made)) {
      new Exporter(Clock.systemUTC())
          .export(store, EntryQuery.ALL, input, ExportFormat.JSONL, false, count -> {});
      rows = store.page(EntryQuery.ALL, 0, ROWS);
    }
    Files.delete(made);
    if (SHUFFLED) {
      List<String> lines = new ArrayList<>(Files.readAllLines(input));
      Collections.shuffle(lines, new Random(1));
      Files.write(input, lines);
      rows = new ArrayList<>(rows);
      Collections.shuffle(rows, new Random(1));
    }
    return rows;
  }

  private Taken fill(String name, Filling filling) throws Exception {
    return fill(name, filling, null);
  }

  private Taken fill(String name, Filling filling, @Nullable Path there) throws Exception {
    Path file = folder.resolve("filled.db");
    if (there != null) {
      Files.copy(there, file);
    }
    long before = written();
    long start = System.nanoTime();
    long atWork = THREADS.getCurrentThreadCpuTime();
    filling.into(file);
    double processor = (THREADS.getCurrentThreadCpuTime() - atWork) / 1e9;
    double seconds = (System.nanoTime() - start) / 1e9;
    double times = (double) (written() - before) / Files.size(input);
    out.printf(
        Locale.ROOT,
        "%-28s %,7.0f rows/s, %,7.0f per second of processor time, written %.1f times the input,"
            + " store of %,d MB%n",
        name,
        ROWS / seconds,
        ROWS / processor,
        times,
        Files.size(file) / 1_000_000);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.stats().total()).isEqualTo(ROWS + (there == null ? 0 : THERE));
    }
    Files.delete(file);
    return new Taken(ROWS / seconds, times);
  }

  private void importNew(Path file) throws Exception {
    try (NewSqliteStore store = NewSqliteStore.begin(file)) {
      Importer.makeStore(Importer.survey(input), null, store, count -> {});
    }
    SqliteStore.open(file).close();
  }

  private void importOpen(Path file) throws Exception {
    importInto(SqliteStore.create(file));
  }

  private void importInto(SqliteStore opened) throws Exception {
    try (SqliteStore store = opened) {
      Importer.importFile(Importer.survey(input), null, store, ExistingRows.SKIP, count -> {});
      LockSummary lock = store.lockMetrics().summary();
      out.printf(
          Locale.ROOT,
          "%-28s %,d holds: p50 %.0f, p99 %.0f, longest %.0f ms%n",
          "",
          lock.acquisitions(),
          lock.holds().p50(),
          lock.holds().p99(),
          lock.holds().max());
    }
  }

  private static void bareLoop(Path file, List<MemoryEntry> rows) throws Exception {
    SqliteStore.create(file).close();
    insert(file, rows);
  }

  private static void insert(Path file, List<MemoryEntry> rows) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement control = connection.createStatement()) {
      control.execute("PRAGMA synchronous = NORMAL");
      control.execute("BEGIN IMMEDIATE");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO memories (id, text, category, scope, importance, timestamp, metadata)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
        for (MemoryEntry row : rows) {
          insert.setString(1, row.id());
          insert.setString(2, row.text());
          insert.setString(3, row.category());
          insert.setString(4, row.scope());
          insert.setObject(5, row.importance());
          insert.setObject(6, row.timestamp());
          insert.setString(7, row.metadata());
          insert.executeUpdate();
        }
      }
      control.execute("COMMIT");
    }
  }

  // The quickest that is to be had: the rows, and then everything else as a snapshot is brought up.
  private void bareLoopThenIndexes(Path file) throws SQLException {
    ManyRows.fill(file, ROWS, WORDS);
  }

  /** What this process has handed to files so far, in bytes: also what is in no log any more. */
  private static long written() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith("wchar: "))
        .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
        .findFirst()
        .orElseThrow();
  }
}
