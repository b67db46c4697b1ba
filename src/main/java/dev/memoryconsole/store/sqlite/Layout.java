package dev.memoryconsole.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a query may rely on.
 *
 * @param derived whether state, abstract and the text indexes are there for every row; otherwise
 *     they are worked out by the query
 * @param versions whether rows have a version of this program's
 * @param rowNumbers whether rows have row numbers
 */
record Layout(boolean derived, boolean versions, boolean rowNumbers) {
  /** Of the file as it is. */
  static Layout of(Connection connection, Schema.Form form) throws SQLException {
    return new Layout(
        form == Schema.Form.WHOLE,
        form != Schema.Form.FOREIGN,
        TableChecks.hasRowNumbers(connection));
  }

  /** The expression of a row's number in the table with this alias; null if there is none. */
  @Nullable String rowNumber(String table) {
    return rowNumbers ? table + "._rowid_" : null;
  }
}
