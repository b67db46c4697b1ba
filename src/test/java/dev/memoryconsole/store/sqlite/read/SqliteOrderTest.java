package dev.memoryconsole.store.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import dev.memoryconsole.testing.Sql;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read of a store to show it in an order, and what for. */
class SqliteOrderTest {
  private static final int ROWS = 600;
  private static final int FIRST = 50;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void fill() throws Exception {
    file = folder.resolve("orders.db");
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          new MemoryEntry(
              String.format(Locale.ROOT, "m%03d", i * 7 % ROWS),
              "Memory " + i % 9,
              i % 2 == 0 ? "fact" : "other",
              "agent:" + i % 5,
              i % 11 / 10.0,
              1_700_000_000_000L + i % 40,
              i % 3 == 0 ? "{\"memory_category\":\"cases\",\"tier\":\"core\"}" : "{}",
              1));
    }
    try (SqliteStore store = SqliteStore.create(file)) {
      store.insert(rows, ExistingRows.SKIP);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TIER")
  void anIndexHasEveryOrderInBothDirections(EntryQuery.Sort sort) throws Exception {
    for (boolean ascending : new boolean[] {true, false}) {
      EntryQuery query = EntryQuery.ALL.sortedBy(sort, ascending);
      assertThat(plan(query))
          .noneMatch(step -> step.contains("USE TEMP B-TREE FOR ORDER BY"))
          .noneMatch(step -> step.startsWith("SCAN") && !step.contains("COVERING INDEX"));
    }
  }

  @Test
  void anIndexFindsWhatIsInAScopeOrACategory() throws Exception {
    assertThat(plan(EntryQuery.ALL.withScopes(Set.of("agent:3"))))
        .anyMatch(step -> step.contains("USING COVERING INDEX memories_by_scope (scope=?)"));
    assertThat(plan(EntryQuery.ALL.withCategories(Set.of("fact"))))
        .anyMatch(step -> step.contains("USING COVERING INDEX memories_by_category (category=?)"));
  }

  @ParameterizedTest
  @EnumSource
  void theListHasThePagesInTheirOrder(EntryQuery.Sort sort) {
    try (SqliteStore store = SqliteStore.open(file)) {
      for (EntryQuery query :
          List.of(
              EntryQuery.ALL,
              EntryQuery.ALL.withScopes(Set.of("agent:1", "agent:2")),
              EntryQuery.ALL.withScopes(Set.of("agent:1")).withCategories(Set.of("fact")),
              EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)),
              EntryQuery.ALL
                  .withStates(Set.of(MemoryState.LEGACY))
                  .withScopes(Set.of("agent:1", "agent:3")),
              EntryQuery.ALL.onlyStamped().withWords("Memory"),
              EntryQuery.ALL.withWords("Memory em 4"),
              EntryQuery.ALL.withWords("Memory 4"))) {
        for (boolean ascending : new boolean[] {true, false}) {
          EntryQuery sorted = query.sortedBy(sort, ascending);
          List<MemoryEntry> first = new ArrayList<>();
          List<String> listed = store.list(sorted, FIRST, first::addAll);
          assertThat(listed).isEqualTo(pages(store, sorted)).doesNotHaveDuplicates();
          assertThat(listed).hasSize((int) store.count(sorted));
          assertThat(first)
              .extracting(MemoryEntry::id)
              .isEqualTo(listed.size() < FIRST ? List.of() : listed.subList(0, FIRST));
        }
      }
    }
  }

  @Test
  void whatIsWrittenMeanwhileMovesNothingInAList() throws Exception {
    try (SqliteStore store = SqliteStore.open(file)) {
      List<String> listed = store.list(EntryQuery.ALL, FIRST, first -> {});
      Sql.run(file, "UPDATE memories SET timestamp = 9 WHERE id = '" + listed.get(0) + "'");
      Sql.run(file, "DELETE FROM memories WHERE id = '" + listed.get(200) + "'");
      Sql.run(
          file,
          "INSERT OR REPLACE INTO memories (id, text) VALUES ('" + listed.get(300) + "', 'anew')");
      Sql.run(file, "INSERT INTO memories (id, text, timestamp) VALUES ('new', 'new', 99e12)");
      List<String> seen = new ArrayList<>();
      for (int from = 0; from < ROWS; from += FIRST) {
        store.find(listed.subList(from, from + FIRST)).forEach(entry -> seen.add(entry.id()));
      }
      List<String> expected = new ArrayList<>(listed);
      expected.remove(200);
      assertThat(seen).isEqualTo(expected);
    }
  }

  private static List<String> pages(SqliteStore store, EntryQuery query) {
    List<String> ids = new ArrayList<>();
    for (int from = 0; ; from += 70) {
      List<MemoryEntry> page = store.page(query, from, 70);
      if (page.isEmpty()) {
        return ids;
      }
      page.forEach(entry -> ids.add(entry.id()));
    }
  }

  @Test
  void theFirstRowsAreNotSortedAnewSoThatNoMoreAreLookedAtThanItTakes() throws Exception {
    EntryQuery query =
        EntryQuery.ALL
            .withStates(Set.of(MemoryState.LEGACY))
            .withScopes(Set.of("agent:1", "agent:3"))
            .sortedBy(EntryQuery.Sort.TIME, false);
    assertThat(
            plan(
                connection ->
                    new QuerySql(query, layout()).beginning(connection, FIRST).orElseThrow()))
        .anyMatch(step -> step.contains("USING INDEX memories_time"))
        .noneMatch(step -> step.contains("USE TEMP B-TREE FOR ORDER BY"));
  }

  @Test
  void flagsOfAForeignRowAreWorkedOutOnceHoweverOftenAQueryAsksForThem() throws Exception {
    EntryQuery query = EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED));
    List<String> steps =
        plan(
            connection ->
                new QuerySql(query, TableLayout.of(connection, StoreForm.FOREIGN))
                    .ids(connection, 0, ROWS));
    // The flags, and what rows of before do not tell.
    assertThat(steps).filteredOn(step -> step.startsWith("CORRELATED SCALAR SUBQUERY")).hasSize(2);
  }

  private interface Query {
    PreparedStatement on(Connection connection) throws SQLException;
  }

  private List<String> plan(EntryQuery query) throws Exception {
    return plan(connection -> new QuerySql(query, layout()).ids(connection, 0, ROWS));
  }

  private List<String> plan(Query query) throws Exception {
    List<String> steps = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement asked = query.on(connection);
        PreparedStatement explained =
            connection.prepareStatement("EXPLAIN QUERY PLAN " + text(asked));
        ResultSet rows = explained.executeQuery()) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }

  private static TableLayout layout() {
    return TableLayout.OURS;
  }

  // The driver shows a statement with what is bound to it behind.
  private static String text(PreparedStatement statement) {
    String shown = statement.toString();
    return shown.substring(0, shown.lastIndexOf("\n parameters="));
  }
}
