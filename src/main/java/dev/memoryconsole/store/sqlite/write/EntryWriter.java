package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.batch.BatchDecision;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes and adds entries, for one opening of a store. Safe for use by many threads. */
public final class EntryWriter {
  private final Opening opening;
  private final WriteConnection writer;

  /** Writes through a connection. */
  public EntryWriter(Opening opening, WriteConnection writer) {
    this.opening = opening;
    this.writer = writer;
  }

  /** Changes the metadata of rows; see {@link dev.memoryconsole.store.MemoryStore#patch}. */
  public PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    BatchDecision[] decision = {new BatchDecision(Map.of(), 0)};
    LockAcquisition lock =
        writer.hold(
            opening,
            purpose,
            SingleRowSwap.WRITING,
            () -> {
              decision[0] =
                  BatchDecision.take(ids, new LockedBatch(writer.statements(), ids), patch);
              return decision[0].written();
            });
    return new PatchReport(decision[0].results(), lock);
  }

  /**
   * Finds out what is to be known of writes before the lock; see {@link
   * dev.memoryconsole.store.MemoryStore#foresee}.
   */
  public static List<RowWrite> foresee(List<RowWrite> writes, Connection connection)
      throws SQLException {
    List<RowWrite> foreseen = new ArrayList<>(DerivedColumns.of(writes, connection));
    if (foreseen.stream().anyMatch(RowWrite.Removal.class::isInstance)) {
      WholeRows rows = WholeRows.of(connection);
      for (int i = 0; i < foreseen.size(); i++) {
        if (foreseen.get(i) instanceof RowWrite.Removal removal) {
          WholeRow row = rows.read(removal.id());
          foreseen.set(i, new RowWrite.Removal(removal.before(), row == null ? null : row.image()));
        }
      }
    }
    return foreseen;
  }

  /** Changes one row; see {@link dev.memoryconsole.store.batch.RowSwap#swap}. */
  public PatchResult swap(String id, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    PatchResult result = new SingleRowSwap(opening, writer, id, patch, purpose).run();
    return result == null
        ? Objects.requireNonNull(patch(List.of(id), patch, purpose).results().get(id))
        : result;
  }

  /** Adds or replaces a few rows under one acquisition. */
  public InsertReport insert(List<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException {
    InsertReport[] report = {new InsertReport(0, 0, 0)};
    writer.hold(
        opening,
        LockPurpose.of(LockPurpose.Kind.IMPORT),
        SqliteCode.ADDING,
        () -> {
          report[0] = insert(writer.statements(), entries, existing);
          return (int) (report[0].added() + report[0].replaced());
        });
    return report[0];
  }

  private static InsertReport insert(
      WriteStatements statements, List<MemoryEntry> entries, ExistingRows existing)
      throws SQLException {
    Map<String, MemoryEntry> fresh = new LinkedHashMap<>();
    long replaced = 0;
    long skipped = 0;
    for (MemoryEntry entry : entries) {
      boolean comesTwice = fresh.containsKey(entry.id());
      if (!comesTwice && !isThere(statements, entry.id())) {
        fresh.put(entry.id(), entry);
      } else if (existing == ExistingRows.SKIP) {
        skipped++;
      } else if (comesTwice) {
        fresh.put(entry.id(), entry);
        replaced++;
      } else {
        write(statements.replace(), entry);
        replaced++;
      }
    }
    add(statements, List.copyOf(fresh.values()));
    return new InsertReport(fresh.size(), replaced, skipped);
  }

  // In one statement: before each that may be taken back by itself the text index writes down what
  // it has gathered, and that of a single row costs a hundred times as much as the row.
  private static void add(WriteStatements statements, List<MemoryEntry> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement add = statements.add(rows.size())) {
      for (int i = 0; i < rows.size(); i++) {
        bind(add, i * WriteStatements.ENTRY_COLUMNS, rows.get(i));
      }
      add.executeUpdate();
    }
  }

  private static boolean isThere(WriteStatements statements, String id) throws SQLException {
    PreparedStatement exists = statements.exists();
    exists.setString(1, id);
    try (ResultSet row = exists.executeQuery()) {
      return row.next();
    }
  }

  /** Gives a statement the columns of an entry and runs it; answers how many rows it changed. */
  static int write(PreparedStatement statement, MemoryEntry entry) throws SQLException {
    bind(statement, 0, entry);
    return statement.executeUpdate();
  }

  private static void bind(PreparedStatement statement, int before, MemoryEntry entry)
      throws SQLException {
    statement.setString(before + 1, entry.text());
    statement.setString(before + 2, entry.category());
    statement.setString(before + 3, entry.scope());
    setNullable(statement, before + 4, entry.importance(), Types.REAL);
    setNullable(statement, before + 5, entry.timestamp(), Types.INTEGER);
    statement.setString(before + 6, entry.metadata());
    statement.setString(before + 7, entry.id());
  }

  private static void setNullable(
      PreparedStatement statement, int index, @Nullable Number value, int type)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, type);
    } else {
      statement.setObject(index, value);
    }
  }
}
