package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.Versions;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.read.EntryFinder;
import dev.memoryconsole.store.sqlite.read.RowReader;
import dev.memoryconsole.store.sqlite.read.StoreTotals;
import dev.memoryconsole.store.sqlite.read.StoreVersions;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What of a store matches a query. Safe for use by many threads. */
record Listing(StoreFile file) {

  List<MemoryEntry> page(EntryQuery query, int offset, int limit) {
    wakeFor(query);
    return file.read(
        SqliteCode.READING,
        (connection, layout) ->
            RowReader.find(
                connection, layout, new EntryFinder(query, layout).ids(connection, offset, limit)));
  }

  List<String> ids(EntryQuery query, int limit) {
    return file.read(
        SqliteCode.READING,
        (connection, layout) -> new EntryFinder(query, layout).ids(connection, 0, limit));
  }

  List<String> list(EntryQuery query, int first, Consumer<List<MemoryEntry>> onFirst) {
    wakeFor(query);
    return file.read(
        SqliteCode.READING,
        (connection, layout) -> list(query, first, onFirst, connection, layout));
  }

  private static List<String> list(
      EntryQuery query,
      int first,
      Consumer<List<MemoryEntry>> onFirst,
      Connection connection,
      TableLayout layout)
      throws SQLException {
    EntryFinder finder = new EntryFinder(query, layout);
    List<String> begin = finder.beginning(connection, first);
    boolean begun = begin.size() == first;
    if (begun) {
      onFirst.accept(RowReader.find(connection, layout, begin));
    }
    IdList.Builder ids = new IdList.Builder();
    List<String> beginning = new ArrayList<>(first);
    finder.read(
        connection,
        0,
        Integer.MAX_VALUE,
        id -> {
          ids.add(id);
          if (!begun && beginning.size() < first) {
            beginning.add(id);
            if (beginning.size() == first) {
              onFirst.accept(RowReader.find(connection, layout, beginning));
            }
          }
        });
    return ids.build();
  }

  // A search is quicker once all abstracts are indexed.
  private void wakeFor(EntryQuery query) {
    WriteSide awake = file.writeSideIfThere();
    if (awake != null && !query.words().isBlank()) {
      awake.upkeep().wake();
    }
  }

  List<MemoryEntry> find(Collection<String> ids) {
    return file.readers()
        .read(
            SqliteCode.READING,
            connection -> RowReader.find(connection, file.layout(), new LinkedHashSet<>(ids)));
  }

  Optional<Versions> versions() {
    return file.read(
        SqliteCode.READING,
        (connection, layout) ->
            layout.derived() ? Optional.of(StoreVersions.of(connection)) : Optional.empty());
  }

  StoreStats totals() {
    return file.read(SqliteCode.COUNTING, StoreTotals::of);
  }

  boolean totalsAreKept() {
    return file.read(SqliteCode.COUNTING, StoreTotals::areKept);
  }

  long count(EntryQuery query) {
    return file.read(
        SqliteCode.COUNTING,
        (connection, layout) -> new EntryFinder(query, layout).count(connection));
  }
}
