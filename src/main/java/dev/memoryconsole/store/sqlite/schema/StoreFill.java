package dev.memoryconsole.store.sqlite.schema;

import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes the tables of a store around many rows: what is derived from them comes behind them, in one
 * pass for each table and index, and is the same as if the triggers had derived it row by row. For
 * a file that nobody else has open.
 */
public final class StoreFill {
  // Holds what is written here and there until it is written once: the index of a million ids.
  private static final String CACHE = "cache_size = -96000";

  private StoreFill() {}

  /** Begins a transaction with the table of memories, and nothing else that a row is written to. */
  public static void begin(Connection connection) throws SQLException {
    Connections.set(connection, CACHE);
    Sql.run(
        connection,
        "BEGIN",
        Schema.script("tables"),
        "DROP INDEX memories_doc_state; DROP INDEX memories_doc_retryable");
  }

  /** Derives everything, and ends the transaction. */
  public static void finish(Connection connection) throws SQLException {
    // One step after the other: a script can be given up between them only.
    Sql.run(
        connection,
        Schema.script("fill"),
        Schema.script("tables"),
        Schema.script("indexes"),
        Schema.script("search"),
        Schema.script("fill-search"));
    SchemaBuilder.complete(connection);
    Sql.run(connection, "COMMIT");
  }
}
