package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes to a store's file as another program does, with a connection of its own and SQLite's own
 * waiting. For copies on which things are tried. For one thread.
 */
public final class SimulatedPlugin implements AutoCloseable {
  private final Path file;
  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement update;
  private final PreparedStatement commit;
  private long waitNanos;

  private SimulatedPlugin(Path file, Connection connection, String counter) throws SQLException {
    this.file = file;
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
    try {
      Connection connection = Connections.writer(file);
      try {
        Connections.set(connection, "busy_timeout = " + patienceMillis);
        return new SimulatedPlugin(file, connection, counter);
      } catch (SQLException failure) {
        connection.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw Problems.of(file, "open the store", failure);
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
      if (Problems.isBusy(failure)) {
        return false;
      }
      throw Problems.of(file, "write the memories", failure);
    }
    try {
      update.setString(1, id);
      int rows = update.executeUpdate();
      commit.execute();
      return rows == 1;
    } catch (SQLException failure) {
      throw Problems.of(file, "write the memories", failure);
    }
  }

  /** How long the last write waited for the lock, in nanoseconds. */
  public long lastWaitNanos() {
    return waitNanos;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw Problems.of(file, "close the store", failure);
    }
  }
}
