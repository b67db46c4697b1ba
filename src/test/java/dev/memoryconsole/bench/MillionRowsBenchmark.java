package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.ManyRows;
import dev.memoryconsole.ui.WindowTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How quickly a store of 1,000,000 rows is shown, sorted, filtered and scrolled, beside the bare
 * statements that the same rows cost, and the frames of a small table. Not a test: {@code mvn test
 * -Pbench -Dtest=MillionRowsBenchmark}.
 */
@Tag("bench")
class MillionRowsBenchmark extends WindowTest {
  private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
  private static final int ROUNDS = 5;
  private static final int FIRST = 200;
  private static final int PLACES = 100;
  private static final int FEW = 400;
  private static final int WORDS = 14;
  private static final int FIRST_ROWS_LIMIT = 1_000;
  private static final int LISTED_LIMIT = 200;
  private static final int TOTALS_LIMIT = 1_000;
  private static final int MEGABYTE = 20;

  @TempDir private static Path shared;
  private static Path file;

  private final PrintStream out = System.out;

  @BeforeAll
  static void fill() throws SQLException {
    // One that is there already saves minutes: -Dbench.store=FILE.
    String made = System.getProperty("bench.store");
    file = made == null ? shared.resolve("million.db") : Path.of(made);
    if (!Files.exists(file)) {
      ManyRows.fill(file, ROWS, WORDS);
    }
  }

  @Test
  void theStoreAgainstBareStatements() throws Exception {
    long opening = System.nanoTime();
    try (SqliteStore store = SqliteStore.open(file);
        Connection bare = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      tell("store opened", millis(opening), FIRST_ROWS_LIMIT);
      long first = System.nanoTime();
      store.stats();
      tell("totals, the first time", millis(first), TOTALS_LIMIT);
      double[] totals = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        store.stats();
        totals[i] = millis(start);
      }
      tell("totals", BenchStore.median(totals), TOTALS_LIMIT);
      for (EntryQuery.Sort sort : EntryQuery.Sort.values()) {
        list(store, "by " + sort, EntryQuery.ALL.sortedBy(sort, true));
      }
      for (MemoryState state : MemoryState.values()) {
        list(store, state.name(), EntryQuery.ALL.withStates(Set.of(state)));
      }
      list(store, "possibly legacy", EntryQuery.ALL.onlyStamped());
      list(store, "of a scope", EntryQuery.ALL.withScopes(Set.of("agent:3")));
      list(store, "of a category", EntryQuery.ALL.withCategories(Set.of("fact")));
      list(store, "of a rare word", EntryQuery.ALL.withWords("number " + ROWS * 3L / 4 + "."));
      list(store, "of a frequent word", EntryQuery.ALL.withWords("kubernetes"));
      list(store, "of no such word", EntryQuery.ALL.withWords("uncommon"));
      bare(bare, "ids by time", "SELECT id FROM memories ORDER BY timestamp, id");
      bare(bare, "ids by text", "SELECT id FROM memories ORDER BY substr(text, 1, 60), id");
      bare(bare, "count", "SELECT count(*) FROM memories");
    }
  }

  private void tell(String what, double millis, int limit) {
    out.printf(
        Locale.ROOT,
        "%-34s %,7.0f ms, limit %,6d: %s%n",
        what,
        millis,
        limit,
        millis <= limit ? "kept" : "NOT KEPT");
  }

  private void list(SqliteStore store, String name, EntryQuery query) {
    double[] first = new double[ROUNDS];
    double[] all = new double[ROUNDS];
    double[] page = new double[ROUNDS];
    int size = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      double[] begun = new double[1];
      List<String> ids = store.list(query, FIRST, rows -> begun[0] = millis(start));
      all[i] = millis(start);
      first[i] = begun[0] == 0 ? all[i] : begun[0];
      size = ids.size();
      int at = size * 3 / 4;
      long middle = System.nanoTime();
      List<MemoryEntry> found = store.find(ids.subList(at, Math.min(size, at + FIRST)));
      page[i] = millis(middle);
      assertThat(found.isEmpty()).isEqualTo(ids.isEmpty());
    }
    tell(name + ": first rows", BenchStore.median(first), LISTED_LIMIT);
    out.printf(
        Locale.ROOT,
        "  all %,d listed after %,.0f ms, a page at three quarters %.1f ms%n",
        size,
        BenchStore.median(all),
        BenchStore.median(page));
  }

  private void bare(Connection connection, String name, String sql) throws SQLException {
    double[] all = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      try (PreparedStatement statement = connection.prepareStatement(sql);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          assertThat(rows.getString(1) == null).isFalse();
        }
      }
      all[i] = millis(start);
    }
    out.printf("bare statement, %s: %,.0f ms%n", name, BenchStore.median(all));
  }

  @Test
  void theWindow() throws Exception {
    show(services.store("few.db", legacy(FEW)));
    // The first time everything is compiled.
    scroll();
    out.printf("scrolling %d rows: %s%n", FEW, scroll());
    run(() -> stage.hide());
    prepare();
    // Of the user interface's thread.
    double[] firstRows = new double[1];
    long start = System.nanoTime();
    // The window is ready when all of it is built, which is later.
    early = () -> onFirstRows(() -> firstRows[0] = millis(start));
    show(file);
    until(() -> firstRows[0] > 0);
    tell("window to its first rows", firstRows[0], FIRST_ROWS_LIMIT);
    until(() -> table().getItems().size() == ROWS);
    out.printf("all rows can be scrolled to after %,.0f ms%n", millis(start));
    out.println("scrolled through: " + scroll());
    for (String column : List.of("text", "importance")) {
      long sorted = System.nanoTime();
      Object before = table().getItems();
      run(() -> sortBy(column));
      until(() -> table().getItems() != before);
      tell("sorted: first rows", millis(sorted), LISTED_LIMIT);
      until(() -> table().getItems().size() == ROWS);
    }
    long found = System.nanoTime();
    Object before = table().getItems();
    run(() -> node("#search", TextField.class).setText("state:legacy scope:global"));
    until(() -> table().getItems() != before);
    tell("filtered: first rows", millis(found), LISTED_LIMIT);
    run(() -> node("#search", TextField.class).clear());
    until(() -> table().getItems().size() == ROWS);
    long all = System.nanoTime();
    key(KeyCode.A, true, false);
    until(() -> says(String.format(Locale.ENGLISH, "%,d selected", ROWS)));
    tell("select all", millis(all), LISTED_LIMIT);
    Runtime memory = Runtime.getRuntime();
    out.printf(
        "resident, limit 512 MB: %s, of which heap %,d MB, in use %,d MB%n",
        resident(),
        memory.totalMemory() >> MEGABYTE,
        (memory.totalMemory() - memory.freeMemory()) >> MEGABYTE);
  }

  /** Does this with the frame that comes after the one in which there are rows. */
  private void onFirstRows(Runnable then) {
    new AnimationTimer() {
      private boolean there;

      @Override
      public void handle(long now) {
        if (there) {
          stop();
          then.run();
        }
        there = table() != null && !table().getItems().isEmpty();
      }
    }.start();
  }

  private void sortBy(String id) {
    TableColumn<Object, ?> column =
        table().getColumns().stream()
            .filter(one -> id.equals(one.getId()))
            .findFirst()
            .orElseThrow();
    table().getSortOrder().setAll(List.of(column));
  }

  /** Drags the thumb through the table; says how long frames took meanwhile. */
  private String scroll() {
    List<Long> gaps = new ArrayList<>();
    AnimationTimer frames =
        new AnimationTimer() {
          private long last;

          @Override
          public void handle(long now) {
            if (last != 0) {
              gaps.add(now - last);
            }
            last = now;
          }
        };
    run(frames::start);
    for (int i = 1; i <= PLACES; i++) {
      double to = (double) i / PLACES;
      run(
          () ->
              table().lookupAll(".scroll-bar").stream()
                  .filter(ScrollBar.class::isInstance)
                  .map(ScrollBar.class::cast)
                  .filter(ScrollBar::isVisible)
                  .forEach(bar -> bar.setValue(to)));
    }
    run(frames::stop);
    List<Long> sorted = ask(() -> gaps.stream().sorted().toList());
    return "frames p50 %,.0f, p99 %,.0f, longest %,.0f ms; limit 100"
        .formatted(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(List<Long> sorted, double share) {
    return sorted.get((int) ((sorted.size() - 1) * share)) / 1e6;
  }

  private static String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
        .toList()
        .toString();
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
