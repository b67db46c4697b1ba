package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.store.sqlite.read.RowReader;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;

/** What the writing connection says again and again. */
public record WriteStatements(
    TableLayout layout,
    PreparedStatement reread,
    PreparedStatement update,
    PreparedStatement derived,
    PreparedStatement updateDerived,
    ColumnStatements columns,
    PreparedStatement swap,
    PreparedStatement exists,
    PreparedStatement replace,
    PreparedStatement unindex,
    PreparedStatement index,
    PreparedStatement indexed,
    PreparedStatement merge,
    PreparedStatement changes) {
  // Each step is about half a millisecond of work.
  private static final int STEP = 50;
  private static final int MERGE_PAGES = 4;
  // In the order of their numbers: the index writes a segment each time they go down.
  private static final String PENDING =
      "(SELECT doc FROM memories_abstract_pending ORDER BY doc LIMIT " + STEP + ")";

  /** The columns of an entry that is added, in this order. */
  static final int ENTRY_COLUMNS = 7;

  private static final String ADD =
      "INSERT INTO memories (text, category, scope, importance, timestamp, metadata, id) VALUES ";

  /** Prepares to add so many rows; for the caller to close. */
  PreparedStatement add(int rows) throws SQLException {
    return reread
        .getConnection()
        .prepareStatement(
            ADD + String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?, ?, ?)")));
  }

  static WriteStatements of(Connection connection, TableLayout layout) throws SQLException {
    return new WriteStatements(
        layout,
        connection.prepareStatement(RowReader.byIds(layout)),
        // The trigger would raise the version as well, but by another write of the row.
        connection.prepareStatement(
            "UPDATE memories SET metadata = ?, version = version + 1 WHERE id = ?"),
        // What the trigger would do, which then finds it done and leaves the row alone.
        connection.prepareStatement(
            "UPDATE memories_doc SET last_version = last_version + 1, flags = ?, abstract = ?"
                + " WHERE id = ? AND last_version = ?"),
        connection.prepareStatement("UPDATE memories SET metadata = ?, version = ? WHERE id = ?"),
        ColumnStatements.of(connection),
        connection.prepareStatement(
            "UPDATE memories SET metadata = ?, version = version + 1 WHERE id = ? AND version = ?"),
        connection.prepareStatement("SELECT 1 FROM memories WHERE id = ?"),
        // A vector belongs to its text.
        connection.prepareStatement(
            "UPDATE memories SET vector = CASE WHEN text IS ?1 THEN vector END, text = ?1,"
                + " category = ?2, scope = ?3, importance = ?4, timestamp = ?5, metadata = ?6,"
                + " version = version + 1 WHERE id = ?7"),
        connection.prepareStatement("DELETE FROM memories_abstract_fts WHERE rowid IN " + PENDING),
        connection.prepareStatement(
            "INSERT INTO memories_abstract_fts (rowid, abstract) SELECT doc, abstract FROM "
                + PENDING
                + " CROSS JOIN memories_doc USING (doc) WHERE abstract <> ''"),
        connection.prepareStatement(
            "DELETE FROM memories_abstract_pending WHERE doc IN " + PENDING),
        connection.prepareStatement(
            "INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('merge', "
                + MERGE_PAGES
                + ")"),
        connection.prepareStatement("SELECT total_changes()"));
  }
}
