package dev.memoryconsole.store.postgres.read;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.table.TableShape;
import dev.memoryconsole.store.scan.Row;
import dev.memoryconsole.store.scan.RowSelection;
import dev.memoryconsole.store.scan.RowTotals;
import dev.memoryconsole.store.scan.SortText;
import dev.memoryconsole.store.scan.TextSelection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists, finds and counts rows. Where the server can't decide alone, the rows that it leaves over
 * come by a cursor, and only what is needed to sort them is kept. Stateless.
 */
public final class Listing {
  private static final int FEW = 1_000;
  private static final int LOOKED_AT = 20_000;

  private final TableShape shape;

  /** Reads a table. */
  public Listing(TableShape shape) {
    this.shape = shape;
  }

  /** One page, in the query's order. */
  public List<MemoryEntry> page(Connection connection, EntryQuery query, int offset, int limit)
      throws SQLException {
    return entries(connection, ids(connection, query, offset, limit));
  }

  private List<MemoryEntry> entries(Connection connection, List<String> ids) throws SQLException {
    Map<String, MemoryEntry> found =
        find(connection, ids).stream()
            .collect(Collectors.toMap(MemoryEntry::id, entry -> entry, (one, _) -> one));
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** The ids of those that match, in the query's order. */
  public List<String> ids(Connection connection, EntryQuery query, int offset, int limit)
      throws SQLException {
    Narrowing narrowing = new Narrowing(shape, query);
    if (narrowing.isImpossible()) {
      return List.of();
    }
    String order = order(query);
    if (order != null && narrowing.isExact()) {
      List<String> ids = new ArrayList<>();
      ordered(connection, narrowing, order, offset, limit, ids::add);
      return ids;
    }
    if (limit <= FEW && offset == 0) {
      List<String> first = first(connection, query, limit);
      if (first.size() == limit) {
        return first;
      }
    }
    Map<Long, String> sorted = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    scan(connection, query, narrowing, "", sorted, rows::add);
    rows.sort(RowSelection.order(query, sorted));
    return rows.stream().skip(offset).limit(limit).map(Row::id).toList();
  }

  /** The ids of all that match, in the query's order, in little memory. */
  public List<String> all(Connection connection, EntryQuery query) throws SQLException {
    Narrowing narrowing = new Narrowing(shape, query);
    String order = order(query);
    if (narrowing.isImpossible() || order == null || !narrowing.isExact()) {
      return ids(connection, query, 0, Integer.MAX_VALUE);
    }
    IdList.Builder ids = new IdList.Builder();
    ordered(connection, narrowing, order, 0, Integer.MAX_VALUE, ids::add);
    return ids.build();
  }

  /** The first entries, if they are so many and soon found by an index; else empty. */
  public List<MemoryEntry> beginning(Connection connection, EntryQuery query, int count)
      throws SQLException {
    List<String> ids = first(connection, query, count);
    List<MemoryEntry> found = ids.size() == count ? entries(connection, ids) : List.of();
    return found.size() == count ? found : List.of();
  }

  /**
   * The first ids that match, fewer if they are not found among as many rows as are quickly read.
   */
  private List<String> first(Connection connection, EntryQuery query, int count)
      throws SQLException {
    Narrowing narrowing = new Narrowing(shape, query);
    String order = order(query);
    // Whatever has words in it is found by another index, if by any.
    if (order == null || narrowing.isImpossible() || !query.phrases().isEmpty()) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    String limited = " ORDER BY " + order + " LIMIT " + (narrowing.isExact() ? count : LOOKED_AT);
    scan(
        connection,
        query,
        narrowing,
        limited,
        new HashMap<>(),
        row -> {
          ids.add(row.id());
          return ids.size() < count;
        });
    return ids;
  }

  /** How many match. */
  public long count(Connection connection, EntryQuery query) throws SQLException {
    Narrowing narrowing = new Narrowing(shape, query);
    if (narrowing.isImpossible()) {
      return 0;
    }
    if (narrowing.isExact()) {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT count(*) FROM " + shape.name() + narrowing.where())) {
        narrowing.bind(statement);
        try (ResultSet count = Waiting.unlessCancelled(statement, statement::executeQuery)) {
          count.next();
          return count.getLong(1);
        }
      }
    }
    long[] count = new long[1];
    scan(
        connection,
        query,
        narrowing,
        "",
        new HashMap<>(),
        row -> {
          count[0]++;
          return true;
        });
    return count[0];
  }

  /** Counts all rows by state, category and scope. */
  public StoreStats totals(Connection connection) throws SQLException {
    if (shape.metadata() == TableShape.Metadata.JSONB) {
      return StateTotals.of(connection, shape);
    }
    RowTotals totals = new RowTotals();
    scan(
        connection,
        EntryQuery.ALL,
        new Narrowing(shape, EntryQuery.ALL),
        "",
        new HashMap<>(),
        row -> {
          totals.add(row);
          return true;
        });
    return totals.stats();
  }

  /** The rows with these ids. */
  public List<MemoryEntry> find(Connection connection, Collection<String> ids) throws SQLException {
    if (ids.isEmpty()) {
      return List.of();
    }
    Narrowing wanted = new Narrowing(shape, EntryQuery.ALL.withIds(Set.copyOf(ids)));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT " + shape.selected() + " FROM " + shape.name() + wanted.where())) {
      wanted.bind(statement);
      try (ResultSet rows = Waiting.unlessCancelled(statement, statement::executeQuery)) {
        return EntryRows.all(rows);
      }
    }
  }

  /** The order as the server has it by an index; null for one that is made here. */
  private @Nullable String order(EntryQuery query) {
    String direction = query.ascending() ? " ASC NULLS FIRST" : " DESC NULLS LAST";
    return switch (query.sort()) {
      case TIME -> shape.millis() + direction + ", id COLLATE \"C\"";
      case ID -> "id COLLATE \"C\"" + direction;
      case TEXT, CATEGORY, SCOPE, IMPORTANCE, STATE, TIER -> null;
    };
  }

  private void ordered(
      Connection connection,
      Narrowing narrowing,
      String order,
      int offset,
      int limit,
      Consumer<String> ids)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT CAST(id AS text) FROM "
                + shape.name()
                + narrowing.where()
                + " ORDER BY "
                + order
                + " LIMIT "
                + limit
                + " OFFSET "
                + offset)) {
      narrowing.bind(statement);
      statement.setFetchSize(Connections.fetchedAtOnce());
      try (ResultSet row = Waiting.unlessCancelled(statement, statement::executeQuery)) {
        while (row.next()) {
          ids.accept(row.getString(1));
        }
      }
    }
  }

  private interface Sink {
    /** Whether more are wanted. */
    boolean add(Row row);
  }

  /** Reads what the server leaves over, and hands on what matches. */
  private void scan(
      Connection connection,
      EntryQuery query,
      Narrowing narrowing,
      String limited,
      Map<Long, String> sorted,
      Sink matching)
      throws SQLException {
    TextSelection texts = new TextSelection(query);
    Map<String, String> interned = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT "
                + selected(query, texts)
                + " FROM "
                + shape.name()
                + narrowing.where()
                + limited)) {
      narrowing.bind(statement);
      statement.setFetchSize(Connections.fetchedAtOnce());
      try (ResultSet each = Waiting.unlessCancelled(statement, statement::executeQuery)) {
        for (long place = 0; each.next(); place++) {
          if (place % Connections.fetchedAtOnce() == 0) {
            Cancellation.check();
          }
          String id = EntryRows.id(each);
          if (id == null) {
            continue;
          }
          Row row = EntryRows.row(each, id, place, interned);
          if (RowSelection.matches(row, query)
              && texts.holds(id, EntryRows.text(each), EntryRows.metadata(each))) {
            String sortedBy = sortText(query, each);
            if (sortedBy != null) {
              sorted.put(place, interned.computeIfAbsent(sortedBy, same -> same));
            }
            if (!matching.add(row)) {
              return;
            }
          }
        }
      }
    }
  }

  /** Texts are long: they come only where they are asked about. */
  private String selected(EntryQuery query, TextSelection texts) {
    boolean needed = !texts.isAny() || query.sort() == EntryQuery.Sort.TEXT;
    return needed
        ? shape.selected()
        : shape.selected().replace("CAST(\"text\" AS text)", "CAST(NULL AS text)");
  }

  private static @Nullable String sortText(EntryQuery query, ResultSet row) throws SQLException {
    return switch (query.sort()) {
      case TEXT -> {
        String text = EntryRows.text(row);
        yield text == null ? null : SortText.ofText(text);
      }
      case TIER -> SortText.tierOf(EntryRows.metadata(row));
      case TIME, ID, CATEGORY, SCOPE, IMPORTANCE, STATE -> null;
    };
  }
}
