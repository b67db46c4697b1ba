package dev.memoryconsole.store.postgres;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.table.NewTable;
import dev.memoryconsole.store.postgres.table.TableLook;
import dev.memoryconsole.store.postgres.table.TableShape;
import dev.memoryconsole.store.postgres.write.RowAdder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;

/**
 * A table that is made of many rows in one transaction: nobody sees any of it before its end, and a
 * kill leaves nothing. The indexes are made when all rows are there. For one thread.
 */
public final class NewPostgresStore implements NewStore {
  private static final int ADDED_AT_ONCE = 1_000;

  private final Connections connections;
  private final Connection connection;
  private final PostgresAddress address;
  private final TableShape shape;

  private NewPostgresStore(Connections connections, Connection connection) throws SQLException {
    this.connections = connections;
    this.connection = connection;
    PostgresAddress asked = connections.address();
    TableLook.checkServer(connection, asked);
    if (TableLook.isThere(connection, asked)) {
      throw new StoreException(PostgresCode.EXISTS_ALREADY.with(asked.toString()));
    }
    NewTable.makeTable(connection, asked);
    shape = TableLook.shape(connection, asked);
    address = shape.address();
  }

  /**
   * Begins a table.
   *
   * @throws StoreException if there is something of that name, or none can be made
   */
  public static NewPostgresStore begin(StoreLocation location, PostgresOptions options) {
    Connections connections = options.connect(location);
    Connection connection = null;
    NewPostgresStore begun = null;
    try {
      connection = connections.borrow();
      begun = new NewPostgresStore(connections, connection);
      return begun;
    } catch (SQLException failure) {
      throw PostgresFailures.of(connections.address(), PostgresCode.CREATING, failure);
    } finally {
      if (begun == null) {
        connections.close();
      }
    }
  }

  @Override
  public InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException {
    List<MemoryEntry> all = List.copyOf(entries);
    InsertReport report = new InsertReport(0, 0, 0);
    try {
      for (int from = 0; from < all.size(); from += ADDED_AT_ONCE) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        List<MemoryEntry> some = all.subList(from, Math.min(all.size(), from + ADDED_AT_ONCE));
        report = report.plus(RowAdder.add(connection, shape, some, existing));
      }
      return report;
    } catch (SQLException failure) {
      throw PostgresFailures.of(address, PostgresCode.ADDING, failure);
    }
  }

  @Override
  public void finish() {
    boolean sent = false;
    try {
      sent = Waiting.toTheEnd(this::index);
      boolean unused = Waiting.toTheEnd(this::commit);
    } catch (SQLException failure) {
      throw sent && PostgresFailures.leavesCommitOpen(failure)
          ? PostgresFailures.unknown(address, failure)
          : PostgresFailures.of(address, PostgresCode.CREATING, failure);
    } finally {
      close();
    }
  }

  private boolean index() throws SQLException {
    NewTable.makeIndexes(connection, address);
    try (Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE " + shape.name());
    }
    return true;
  }

  private boolean commit() throws SQLException {
    connection.commit();
    return true;
  }

  /** Rolls back what is not finished, by closing the connection. */
  @Override
  public void close() {
    connections.close();
  }
}
