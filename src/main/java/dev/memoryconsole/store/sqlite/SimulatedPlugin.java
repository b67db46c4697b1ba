package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a store's file as another program does, with a connection of its own and SQLite's own
 * waiting. For copies on which things are tried. For one thread.
 */
public final class SimulatedPlugin implements AutoCloseable {
  private final Path file;
  private final OpenDatabases.Use use;
  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement update;
  private final PreparedStatement commit;
  private long waitNanos;

  private SimulatedPlugin(Path file, OpenDatabases.Use use, Connection connection, String counter)
      throws SQLException {
    this.file = file;
    this.use = use;
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    // Where the metadata is no object, a plugin begins one.
    update =
        connection.prepareStatement(
            """
            UPDATE memories SET metadata = json_set(
                CASE WHEN json_valid(metadata)
                THEN CASE json_type(metadata) WHEN 'object' THEN metadata ELSE '{}' END
                ELSE '{}' END,
                '$.%1$s',
                CASE WHEN json_valid(metadata)
                THEN coalesce(json_extract(metadata, '$.%1$s'), 0) ELSE 0 END + 1)
            WHERE id = ?\
            """
                .formatted(counter));
    commit = connection.prepareStatement("COMMIT");
  }

  /**
   * Connects.
   *
   * @param counter the key it counts under; letters and underscores
   * @param patienceMillis how long a write waits for the lock
   * @throws StoreException if the file can't be opened
   */
  public static SimulatedPlugin open(Path file, String counter, int patienceMillis) {
    OpenDatabases.Use use = OpenDatabases.use(file);
    Connection connection = null;
    try {
      connection = Connections.writer(file);
      Connections.set(connection, "busy_timeout = " + patienceMillis);
      return new SimulatedPlugin(file, use, connection, counter);
    } catch (SQLException failure) {
      closeAfter(failure, use, connection);
      throw SqliteFailures.of(file, SqliteCode.OPENING, failure);
    }
  }

  private static void closeAfter(
      SQLException failure, OpenDatabases.Use use, @Nullable Connection connection) {
    try (use) {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /**
   * Adds one to a row's counter.
   *
   * @return whether it was written; false if the lock could not be had in time or no such row is
   *     there
   * @throws StoreException if anything else went wrong
   */
  public boolean increment(String id) {
    long asked = System.nanoTime();
    try {
      begin.execute();
      waitNanos = System.nanoTime() - asked;
    } catch (SQLException failure) {
      waitNanos = System.nanoTime() - asked;
      if (SqliteFailures.isBusy(failure)) {
        return false;
      }
      throw SqliteFailures.of(file, SqliteCode.WRITING, failure);
    }
    try {
      update.setString(1, id);
      int rows = update.executeUpdate();
      commit.execute();
      return rows == 1;
    } catch (SQLException failure) {
      throw SqliteFailures.of(file, SqliteCode.WRITING, failure);
    }
  }

  /** How long the last write waited for the lock, in nanoseconds. */
  public long lastWaitNanos() {
    return waitNanos;
  }

  @Override
  public void close() {
    try (use) {
      connection.close();
    } catch (SQLException failure) {
      throw SqliteFailures.of(file, SqliteCode.CLOSING, failure);
    }
  }
}
