package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowColumn;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.BatchDecision;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.read.EntryRows;
import dev.memoryconsole.store.postgres.table.StorableText;
import dev.memoryconsole.store.postgres.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of one batch in an open transaction that has locked them. For one thread. */
final class LockedBatch implements BatchDecision.LockedRows<SQLException> {
  private final Connection connection;
  private final TableShape shape;
  private final List<String> ids;
  private final Map<String, MemoryEntry> current = new HashMap<>();
  // Only a view may have several of one id.
  private final Map<String, Integer> counts = new HashMap<>();
  private @Nullable Map<String, WholeRow> whole;

  LockedBatch(Connection connection, TableShape shape, List<String> ids) {
    this.connection = connection;
    this.shape = shape;
    this.ids = ids.stream().filter(StorableText::isStorable).toList();
  }

  /**
   * Locks the rows and reads them as they are then.
   *
   * @throws InterruptedException if interrupted while others held one of them
   */
  void lock(LockPatience patience) throws SQLException, InterruptedException {
    new FreeRows(connection, shape, shape.selected(), ids)
        .lock(
            patience,
            new FreeRows.Taker() {
              @Override
              public void begin() {
                current.clear();
                counts.clear();
              }

              @Override
              public String take(ResultSet row) throws SQLException {
                MemoryEntry entry = EntryRows.entry(row);
                current.put(entry.id(), entry);
                counts.merge(entry.id(), 1, Integer::sum);
                return entry.id();
              }
            });
  }

  /** Nothing: what was locked was read. */
  @Override
  public void reread() {}

  @Override
  public int count(String id) {
    return counts.getOrDefault(id, 0);
  }

  @Override
  public MemoryEntry only(String id) {
    return Objects.requireNonNull(current.get(id));
  }

  @Override
  public RowImage image(String id) throws SQLException {
    Map<String, WholeRow> rows = whole;
    if (rows == null) {
      rows = Waiting.toTheEnd(() -> WholeRow.read(connection, shape, current.keySet()));
      whole = rows;
    }
    return Objects.requireNonNull(rows.get(id)).image();
  }

  @Override
  public @Nullable Message flaw(RowWrite write) {
    return switch (write) {
      case RowWrite.Change change ->
          change.foresight() == Holdable.YES ? null : flawOf(change, shape);
      case RowWrite.Removal _ -> shape.isView() ? PostgresCode.STAYS_IN_THE_VIEW.with() : null;
      case RowWrite.Return back ->
          shape.isView()
              ? PostgresCode.STAYS_IN_THE_VIEW.with()
              : WholeRow.of(back.image()).flaw(shape);
    };
  }

  /** Why the table can't hold what is to be written; null if it can. */
  static @Nullable Message flawOf(RowWrite.Change change, TableShape shape) {
    boolean storable =
        StorableText.isStorable(text(change, RowColumn.CATEGORY))
            && StorableText.isStorable(text(change, RowColumn.SCOPE));
    Message fixed =
        shape.flaw(change.columns().values().keySet().stream().map(RowColumn::key).toList());
    return fixed != null
        ? fixed
        : storable ? shape.flaw(change.metadata()) : PostgresCode.NOT_STORABLE.with();
  }

  private static @Nullable String text(RowWrite.Change change, RowColumn column) {
    return change.columns().has(column) ? change.columns().text(column) : null;
  }

  @Override
  public void write(List<RowWrite> writes) throws SQLException {
    boolean unused = Waiting.toTheEnd(() -> writeAll(writes));
  }

  private boolean writeAll(List<RowWrite> writes) throws SQLException {
    List<RowWrite.Change> metadata = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (RowWrite write : writes) {
      switch (write) {
        case RowWrite.Change change when change.columns().isEmpty() -> metadata.add(change);
        case RowWrite.Change change -> writeColumns(change);
        case RowWrite.Removal removal -> removed.add(removal.id());
        case RowWrite.Return back -> WholeRow.of(back.image()).addTo(connection, shape);
      }
    }
    writeMetadata(metadata);
    remove(removed);
    return true;
  }

  private void writeMetadata(List<RowWrite.Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE "
                + shape.name()
                + " AS target SET metadata = CAST(fresh.metadata AS "
                + shape.metadata().type()
                + ") FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS fresh (id, metadata)"
                + " WHERE target.id = fresh.id")) {
      List<String> ids = new ArrayList<>(changes.size());
      List<@Nullable String> metadata = new ArrayList<>(changes.size());
      for (RowWrite.Change change : changes) {
        ids.add(change.id());
        metadata.add(change.metadata());
      }
      EntryRows.setTexts(statement, 1, ids);
      EntryRows.setTexts(statement, 2, metadata);
      expect(changes.size(), statement.executeUpdate());
    }
  }

  private void writeColumns(RowWrite.Change change) throws SQLException {
    StringBuilder sql =
        new StringBuilder("UPDATE ").append(shape.name()).append(" SET metadata = ");
    sql.append("CAST(? AS ").append(shape.metadata().type()).append(')');
    change
        .columns()
        .values()
        .keySet()
        .forEach(column -> sql.append(", ").append(column.key()).append(" = ?"));
    try (PreparedStatement statement = connection.prepareStatement(sql + " WHERE id = ?")) {
      statement.setString(1, change.metadata());
      int index = 2;
      for (Map.Entry<RowColumn, @Nullable Object> each : change.columns().values().entrySet()) {
        if (each.getKey() == RowColumn.IMPORTANCE) {
          statement.setObject(index, each.getValue(), Types.DOUBLE);
        } else {
          statement.setString(index, (String) each.getValue());
        }
        index++;
      }
      statement.setString(index, change.id());
      expect(1, statement.executeUpdate());
    }
  }

  private void remove(List<String> removed) throws SQLException {
    if (removed.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM " + shape.name() + " WHERE id = ANY (?)")) {
      EntryRows.setTexts(statement, 1, removed);
      expect(removed.size(), statement.executeUpdate());
    }
  }

  /** A rule or a trigger of the table's owner may keep a write from happening, without a word. */
  private static void expect(int rows, int written) throws SQLException {
    if (rows != written) {
      throw new SQLException(written + " of " + rows + " rows were written");
    }
  }
}
