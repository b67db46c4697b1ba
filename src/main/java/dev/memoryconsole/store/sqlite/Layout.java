package dev.memoryconsole.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a query may rely on, and has to respect.
 *
 * @param derived whether state, abstract and the text indexes are there for every row; otherwise
 *     they are worked out by the query
 * @param versions whether rows have a version of this program's
 * @param rowNumbers whether rows have row numbers
 * @param piecewise whether who reads keeps out who writes, so that a whole table is to be read in
 *     pieces
 * @param range the only rows that a query is to look at; null for all
 */
record Layout(
    boolean derived,
    boolean versions,
    boolean rowNumbers,
    boolean piecewise,
    Pieces.@Nullable Range range) {
  /** Of a store of ours. */
  static final Layout OURS = new Layout(true, true, true, false, null);

  /** For who writes: what is derived does not matter to them. */
  static Layout toWrite(Connection connection) throws SQLException {
    return new Layout(false, true, TableChecks.hasRowNumbers(connection), false, null);
  }

  /** Of the file as it is. */
  static Layout of(Connection connection, Schema.Form form) throws SQLException {
    boolean rowNumbers = TableChecks.hasRowNumbers(connection);
    return new Layout(
        form == Schema.Form.WHOLE,
        form != Schema.Form.FOREIGN,
        rowNumbers,
        form == Schema.Form.FOREIGN && rowNumbers && !Schema.hasLog(connection),
        null);
  }

  /** The same for these rows alone. */
  Layout within(Pieces.Range rows) {
    return new Layout(derived, versions, rowNumbers, piecewise, rows);
  }

  /** The condition that keeps to the range, of the table with this alias, after a word. */
  String limited(String word, String table) {
    return range == null ? "" : " " + word + " " + range.of(table);
  }

  /** The expression of a row's number in the table with this alias; null if there is none. */
  @Nullable String rowNumber(String table) {
    return rowNumbers ? table + "._rowid_" : null;
  }
}
