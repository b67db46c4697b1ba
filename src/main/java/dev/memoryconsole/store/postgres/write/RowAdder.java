package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.read.EntryRows;
import dev.memoryconsole.store.postgres.table.StorableText;
import dev.memoryconsole.store.postgres.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds or replaces a few rows in one open transaction. For one thread. */
public final class RowAdder {
  private final TableShape shape;
  private final ExistingRows existing;
  private final Map<String, MemoryEntry> fresh = new LinkedHashMap<>();
  private final Set<String> there = new HashSet<>();
  private long twice;

  /**
   * Adds these.
   *
   * @throws StoreException if one can't be stored
   */
  RowAdder(TableShape shape, Collection<MemoryEntry> entries, ExistingRows existing) {
    this.shape = shape;
    this.existing = existing;
    for (MemoryEntry entry : entries) {
      Message flaw = flaw(entry);
      if (flaw != null) {
        throw new StoreException(PostgresCode.ROW_NOT_STORABLE.with(entry.id(), flaw));
      }
      if (existing == ExistingRows.REPLACE || !fresh.containsKey(entry.id())) {
        twice += fresh.put(entry.id(), entry) == null ? 0 : 1;
      } else {
        twice++;
      }
    }
  }

  /**
   * Adds or replaces rows of a table that nobody else sees yet, in the transaction that makes it.
   */
  public static InsertReport add(
      Connection connection,
      TableShape shape,
      Collection<MemoryEntry> entries,
      ExistingRows existing)
      throws SQLException {
    RowAdder adder = new RowAdder(shape, entries, existing);
    return Waiting.toTheEnd(
        () -> {
          adder.look(connection);
          return adder.write(connection);
        });
  }

  private @Nullable Message flaw(MemoryEntry entry) {
    boolean storable =
        StorableText.isStorable(entry.id())
            && StorableText.isStorable(entry.text())
            && StorableText.isStorable(entry.category())
            && StorableText.isStorable(entry.scope());
    return storable ? shape.flaw(shape.taken(entry.metadata())) : PostgresCode.NOT_STORABLE.with();
  }

  /** Locks those that are there. */
  void lock(Connection connection, LockPatience patience)
      throws SQLException, InterruptedException {
    new FreeRows(connection, shape, "CAST(id AS text)", fresh.keySet())
        .lock(
            patience,
            new FreeRows.Taker() {
              @Override
              public void begin() {
                there.clear();
              }

              @Override
              public String take(ResultSet row) throws SQLException {
                String id = row.getString(1);
                there.add(id);
                return id;
              }
            });
  }

  private void look(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT CAST(id AS text) FROM " + shape.name() + " WHERE id = ANY (?)")) {
      EntryRows.setTexts(statement, 1, fresh.keySet());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          there.add(row.getString(1));
        }
      }
    }
  }

  /** Writes all; somebody else's row that came meanwhile is one that was there. */
  InsertReport write(Connection connection) throws SQLException {
    List<MemoryEntry> rows = List.copyOf(fresh.values());
    if (rows.isEmpty()) {
      return new InsertReport(0, 0, twice);
    }
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      texts(connection, statement, 1, rows.stream().map(MemoryEntry::id).toArray());
      texts(connection, statement, 2, rows.stream().map(MemoryEntry::text).toArray());
      texts(connection, statement, 3, rows.stream().map(MemoryEntry::category).toArray());
      texts(connection, statement, 4, rows.stream().map(MemoryEntry::scope).toArray());
      statement.setArray(
          5,
          connection.createArrayOf("float8", rows.stream().map(MemoryEntry::importance).toArray()));
      statement.setArray(
          6, connection.createArrayOf("int8", rows.stream().map(MemoryEntry::timestamp).toArray()));
      texts(
          connection,
          statement,
          7,
          rows.stream().map(entry -> shape.taken(entry.metadata())).toArray());
      int written = statement.executeUpdate();
      return existing == ExistingRows.SKIP
          ? new InsertReport(written, 0, rows.size() - written + twice)
          : new InsertReport(written - there.size(), there.size() + twice, 0);
    }
  }

  private static void texts(
      Connection connection, PreparedStatement statement, int index, Object[] texts)
      throws SQLException {
    statement.setArray(index, connection.createArrayOf("text", texts));
  }

  private String sql() {
    String vector =
        shape.columns().containsKey("vector")
            ? ", vector = CASE WHEN target.\"text\" = excluded.\"text\" THEN target.vector END"
            : "";
    return "INSERT INTO "
        + shape.name()
        + " AS target (id, \"text\", category, scope, importance, \"timestamp\", metadata)"
        + " SELECT id, \"text\", category, scope, importance, \"timestamp\", CAST(metadata AS "
        + shape.metadata().type()
        + ") FROM unnest(CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]),"
        + " CAST(? AS text[]), CAST(? AS float8[]), CAST(? AS int8[]), CAST(? AS text[]))"
        + " AS fresh (id, \"text\", category, scope, importance, \"timestamp\", metadata)"
        + (existing == ExistingRows.SKIP
            ? " ON CONFLICT (id) DO NOTHING"
            : " ON CONFLICT (id) DO UPDATE SET \"text\" = excluded.\"text\","
                + " category = excluded.category, scope = excluded.scope,"
                + " importance = excluded.importance, \"timestamp\" = excluded.\"timestamp\","
                + " metadata = excluded.metadata"
                + vector);
  }
}
