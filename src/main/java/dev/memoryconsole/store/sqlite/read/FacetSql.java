package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.MetadataTally;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts the rows of {@code memories} by what only the rows themselves say. Each goes through the
 * table once, or through an index in its place.
 */
public final class FacetSql {
  // Old rows hold seconds, which is told by their size; what is no number is no time.
  private static final String MILLIS =
      "CASE WHEN typeof(m.timestamp) IN ('integer', 'real') THEN CASE WHEN m.timestamp > -%1$d"
              .formatted(MemoryEntry.FIRST_MILLIS)
          + " AND m.timestamp < %1$d THEN m.timestamp * 1000 ELSE m.timestamp END END"
              .formatted(MemoryEntry.FIRST_MILLIS);
  // What of the metadata counts, as an object of its own: of a key that comes twice the last one is
  // the last here too. What is no text and no number is told from others by being there.
  private static final String COUNTED =
      "(SELECT json_group_object(j.\"key\", CASE WHEN j.type IN ('text', 'integer', 'real', 'null')"
          + " THEN CASE WHEN j.type = 'text' AND length(j.value) > %1$d THEN 0 ELSE j.value END"
              .formatted(MetadataTally.LONGEST)
          + " ELSE json('true') END) FROM json_each(CASE WHEN json_valid(CAST(m.metadata AS TEXT))"
          + " THEN CAST(m.metadata AS TEXT) ELSE '{}' END) j WHERE j.\"key\" IN (%s))"
              .formatted(
                  MetadataTally.KEYS.stream()
                      .map(key -> "'" + key + "'")
                      .collect(Collectors.joining(", ")));
  // Neither reads the text: SQLite knows from the row how long it is.
  private static final String BYTES =
      "coalesce(octet_length(m.text), 0) + coalesce(octet_length(m.metadata), 0)";

  private FacetSql() {}

  /**
   * How many rows have a time before the first edge, between each and the next, from the last on;
   * and, at the end, none.
   */
  public static List<Long> times(Connection connection, TableLayout layout, List<Long> edges)
      throws SQLException {
    long[] counts = new long[edges.size() + 2];
    inPieces(connection, layout, rows -> count(connection, rows, edges, counts));
    List<Long> all = new ArrayList<>();
    for (long count : counts) {
      all.add(count);
    }
    return all;
  }

  private static void count(
      Connection connection, TableLayout layout, List<Long> edges, long[] counts)
      throws SQLException {
    String range =
        "SELECT CASE WHEN t IS NULL THEN %d ELSE %s END AS part, count(*) FROM (SELECT %s AS t FROM memories m%s) GROUP BY part"
            .formatted(
                edges.size() + 1,
                part(edges, 0, edges.size()),
                MILLIS,
                layout.limited("WHERE", "m"));
    try (PreparedStatement statement = connection.prepareStatement(range);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts[rows.getInt(1)] += rows.getLong(2);
      }
    }
  }

  /** Which part a time is in, by halves: of a few hundred edges it meets eight or nine. */
  private static String part(List<Long> edges, int first, int last) {
    if (first == last) {
      return Integer.toString(first);
    }
    int middle = (first + last) / 2;
    return "CASE WHEN t < %d THEN %s ELSE %s END"
        .formatted(edges.get(middle), part(edges, first, middle), part(edges, middle + 1, last));
  }

  /** Adds what all rows say in their metadata. */
  public static void metadata(Connection connection, TableLayout layout, MetadataTally tally)
      throws SQLException {
    inPieces(connection, layout, rows -> add(connection, rows, tally));
  }

  private static void add(Connection connection, TableLayout layout, MetadataTally tally)
      throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    String all = "SELECT " + COUNTED + " FROM memories m" + layout.limited("WHERE", "m");
    try (PreparedStatement statement = connection.prepareStatement(all);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.merge(rows.getString(1), 1L, Long::sum);
        // There are few of them, but for how often each was recalled.
        if (counts.size() == 10_000) {
          counts.forEach(tally::add);
          counts.clear();
        }
      }
    }
    counts.forEach(tally::add);
  }

  /** The rows that take the most room, the largest first. */
  public static List<LargeMemory> largest(Connection connection, TableLayout layout, int most)
      throws SQLException {
    List<LargeMemory> all = new ArrayList<>();
    inPieces(
        connection,
        layout,
        rows -> {
          largest(connection, rows, most, all);
          all.sort(
              Comparator.comparingLong(LargeMemory::bytes)
                  .reversed()
                  .thenComparing(LargeMemory::id));
          all.subList(Math.min(most, all.size()), all.size()).clear();
        });
    return all;
  }

  private static void largest(
      Connection connection, TableLayout layout, int most, List<LargeMemory> into)
      throws SQLException {
    String rowNumber = layout.rowNumber("m");
    String sql =
        "SELECT %s, %s, substr(CAST(m.text AS TEXT), 1, %d), %s AS bytes FROM memories m%s ORDER BY bytes DESC, m.id LIMIT %d"
            .formatted(
                layout.text("m.id"),
                rowNumber == null ? "NULL" : rowNumber,
                LargeMemory.SHOWN,
                BYTES,
                layout.limited("WHERE", "m"),
                most);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String text = rows.getString(3);
        into.add(new LargeMemory(OddIds.first(rows), text == null ? "" : text, rows.getLong(4)));
      }
    }
  }

  private interface Part {
    void read(TableLayout rows) throws SQLException;
  }

  private static void inPieces(Connection connection, TableLayout layout, Part part)
      throws SQLException {
    if (layout.piecewise()) {
      PiecewiseRead.of(connection, rows -> part.read(layout.within(rows)));
    } else {
      part.read(layout);
    }
  }
}
