package dev.memoryconsole.store.postgres;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.table.TableLook;
import dev.memoryconsole.store.postgres.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers who would open a table of it.
 *
 * @param version the server's, as it says it
 * @param memories how many there are; -1 if there is no such table, and one can be made
 * @param isExact whether they were counted, and not what the server estimates
 * @param refusal why the table can only be looked at; null if it can be written
 */
public record ServerLook(
    String version, long memories, boolean isExact, @Nullable Message refusal) {
  private static final int MOST_COUNTED = 10_000;

  /**
   * Connects and looks. Changes nothing.
   *
   * @throws StoreException if the server is away or refuses it, or there is something else in the
   *     table's place
   */
  public static ServerLook at(StoreLocation location, PostgresOptions options) {
    return PostgresStore.connected(
        location,
        options,
        PostgresCode.OPENING,
        (connections, connection, address) -> {
          ServerLook look = look(connection, address);
          connection.rollback();
          return look;
        });
  }

  private static ServerLook look(Connection connection, PostgresAddress address)
      throws SQLException {
    String version = connection.getMetaData().getDatabaseProductVersion();
    if (!TableLook.isThere(connection, address)) {
      return new ServerLook(version, -1, true, null);
    }
    TableShape shape = TableLook.shape(connection, address);
    long counted = few(connection, shape.address());
    return counted <= MOST_COUNTED
        ? new ServerLook(version, counted, true, shape.refusal())
        : new ServerLook(
            version, Math.max(counted, estimate(connection, shape)), false, shape.refusal());
  }

  private static long few(Connection connection, PostgresAddress table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet counted =
            statement.executeQuery(
                "SELECT count(*) FROM (SELECT 1 FROM "
                    + table.quotedTable()
                    + " LIMIT "
                    + (MOST_COUNTED + 1)
                    + ") AS few")) {
      counted.next();
      return counted.getLong(1);
    }
  }

  private static long estimate(Connection connection, TableShape shape) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT CAST(c.reltuples AS bigint) FROM pg_catalog.pg_class c"
                + " WHERE c.oid = CAST(? AS regclass)")) {
      statement.setString(1, shape.address().quotedTable());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }
}
