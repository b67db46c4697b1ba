package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file that another program made. */
abstract class ForeignFileTestBase {
  static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  static final String TABLE = Sql.THEIR_TABLE;
  static final String NEW =
      "{\"memory_category\":\"cases\",\"l0_abstract\":\"a tunnel\",\"source\":\"manual\"}";

  @TempDir Path folder;
  Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("theirs.db");
  }

  void sql(String... statements) throws SQLException {
    Sql.run(file, statements);
  }

  String value(String sql) throws SQLException {
    return Sql.value(file, sql);
  }

  void rows(int count) throws SQLException {
    sql(
        TABLE,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + (count - 1)
            + ") INSERT INTO memories SELECT 'm' || i, 'text of a bridge ' || i,"
            + " CASE i % 3 WHEN 0 THEN 'fact' WHEN 1 THEN 'entity' END,"
            + " CASE i % 2 WHEN 0 THEN 'global' END, i / 7.0, 1000000000000 + i,"
            + " CASE i % 5 WHEN 0 THEN '"
            + NEW
            + "' WHEN 1 THEN '{\"memory_category\":\"cases\"}' WHEN 2 THEN 'no json' WHEN 3 THEN"
            + " '{\"memory_category\":\"cases\",\"upgrade_error\":\"x\",\"upgraded_by\":\"simple\"}'"
            + " END FROM n");
  }

  /** Everything a console does to look at a store. */
  static List<Object> lookAtEverything(SqliteStore store) {
    List<Object> seen = new ArrayList<>();
    StoreStats stats = store.stats();
    seen.add(stats);
    for (EntryQuery query :
        List.of(
            EntryQuery.ALL,
            EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)),
            EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED)),
            EntryQuery.ALL.withStates(Set.of(MemoryState.FALLBACK)),
            EntryQuery.ALL.withScopes(Set.of("")),
            EntryQuery.ALL.withCategories(Set.of("fact")).withStates(Set.of(MemoryState.LEGACY)),
            EntryQuery.ALL.withWords("TUNNEL a"),
            EntryQuery.ALL.withWords("bridge 1"),
            EntryQuery.ALL.withWords("1").sortedBy(EntryQuery.Sort.TEXT, true),
            EntryQuery.ALL.withIds(Set.of("m1", "m4")),
            EntryQuery.ALL.onlyRetryable().sortedBy(EntryQuery.Sort.ID, true),
            EntryQuery.ALL.onlyStamped().sortedBy(EntryQuery.Sort.IMPORTANCE, false),
            EntryQuery.ALL.sortedBy(EntryQuery.Sort.SCOPE, true))) {
      seen.add(store.count(query));
      seen.add(store.ids(query, Integer.MAX_VALUE));
      store.page(query, 0, 20).forEach(row -> seen.add(Entries.withMetadata(row, "").text()));
    }
    return seen;
  }
}
