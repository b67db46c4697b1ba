package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.BatchDecision;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.read.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of one batch under the write lock. For the holder of the lock. */
final class LockedBatch implements BatchDecision.LockedRows<SQLException> {
  // The triggers take over no version from here on.
  private static final long HIGHEST_VERSION = (1L << 62) - 1;

  private final WriteStatements statements;
  private final List<String> ids;
  private final Map<String, List<MemoryEntry>> current = new HashMap<>();
  private @Nullable WholeRows wholeRows;

  LockedBatch(WriteStatements statements, List<String> ids) {
    this.statements = statements;
    this.ids = ids;
  }

  @Override
  public void reread() throws SQLException {
    for (MemoryEntry entry : RowReader.byIds(statements.reread(), statements.layout(), ids)) {
      current.computeIfAbsent(entry.id(), id -> new ArrayList<>(1)).add(entry);
    }
  }

  @Override
  public int count(String id) {
    return current.getOrDefault(id, List.of()).size();
  }

  @Override
  public MemoryEntry only(String id) {
    return current.getOrDefault(id, List.of()).getFirst();
  }

  @Override
  public RowImage image(String id) throws SQLException {
    return Objects.requireNonNull(wholeRows().read(id)).image();
  }

  @Override
  public @Nullable Message flaw(RowWrite write) throws SQLException {
    return switch (write) {
      case RowWrite.Change change ->
          change.columns().isEmpty() ? null : statements.columns().flaw(change);
      case RowWrite.Removal removal ->
          wholeRows().flaw(Objects.requireNonNull(wholeRows().read(removal.id())));
      case RowWrite.Return back -> wholeRows().flaw(WholeRow.of(back.image()));
    };
  }

  @Override
  public void write(List<RowWrite> writes) throws SQLException {
    boolean deletes = writes.stream().anyMatch(RowWrite.Removal.class::isInstance);
    if (!deletes) {
      writeAll(writes);
      return;
    }
    // Who deletes a memory does not want it to be found in the file.
    Connection connection = statements.reread().getConnection();
    Connections.set(connection, "secure_delete = ON");
    try {
      writeAll(writes);
    } finally {
      Connections.set(connection, "secure_delete = OFF");
    }
  }

  private void writeAll(List<RowWrite> writes) throws SQLException {
    for (RowWrite write : writes) {
      switch (write) {
        case RowWrite.Change change -> change(change);
        case RowWrite.Removal removal -> wholeRows().delete(removal.id());
        case RowWrite.Return back -> wholeRows().add(back.image());
      }
    }
  }

  private WholeRows wholeRows() throws SQLException {
    WholeRows whole = wholeRows;
    if (whole == null) {
      whole = WholeRows.of(statements.reread().getConnection());
      wholeRows = whole;
    }
    return whole;
  }

  private void change(RowWrite.Change write) throws SQLException {
    if (!write.columns().isEmpty()) {
      statements.columns().write(write);
    } else if (!writeDerived(write)) {
      PreparedStatement update = statements.update();
      update.setString(1, write.metadata());
      update.setString(2, write.id());
      update.executeUpdate();
    }
  }

  /**
   * Writes a row and what was derived from it before.
   *
   * @return false if nothing was written, because only the triggers can tell what is to be
   */
  private boolean writeDerived(RowWrite.Change write) throws SQLException {
    long version = write.before().version();
    if (!(write.foresight() instanceof DerivedColumns derivation) || version >= HIGHEST_VERSION) {
      return false;
    }
    PreparedStatement derived = statements.derived();
    derived.setInt(1, derivation.flags());
    derived.setString(2, derivation.summary());
    derived.setString(3, write.before().id());
    derived.setLong(4, version);
    if (derived.executeUpdate() != 1) {
      return false;
    }
    PreparedStatement update = statements.updateDerived();
    update.setString(1, write.metadata());
    update.setLong(2, version + 1);
    update.setString(3, write.before().id());
    update.executeUpdate();
    return true;
  }
}
