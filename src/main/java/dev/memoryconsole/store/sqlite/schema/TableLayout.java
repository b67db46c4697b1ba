package dev.memoryconsole.store.sqlite.schema;

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
 * @param utf16 whether the file holds its text as UTF-16: SQLite turns that into UTF-8 to hand it
 *     out, and of half a pair it makes another character without a word
 * @param range the only rows that a query is to look at; null for all
 */
public record TableLayout(
    boolean derived,
    boolean versions,
    boolean rowNumbers,
    boolean piecewise,
    boolean utf16,
    PiecewiseRead.@Nullable Range range) {
  /** The layout of a store of ours. */
  public static final TableLayout OURS = new TableLayout(true, true, true, false, false, null);

  /** Returns the layout for writing, to which it does not matter what is derived. */
  public static TableLayout toWrite(Connection connection) throws SQLException {
    return new TableLayout(
        false, true, MemoriesTable.hasRowNumbers(connection), false, false, null);
  }

  /** Finds out the layout of a file. */
  public static TableLayout of(Connection connection, StoreForm form) throws SQLException {
    boolean rowNumbers = MemoriesTable.hasRowNumbers(connection);
    return new TableLayout(
        form == StoreForm.WHOLE,
        form != StoreForm.FOREIGN,
        rowNumbers,
        form == StoreForm.FOREIGN && rowNumbers && !MemoriesTable.hasLog(connection),
        MemoriesTable.isUtf16(connection),
        null);
  }

  /** Returns a copy for these rows alone. */
  public TableLayout within(PiecewiseRead.Range rows) {
    return new TableLayout(derived, versions, rowNumbers, piecewise, utf16, rows);
  }

  /** The condition that keeps to the range, of the table with this alias, after a word. */
  public String limited(String word, String table) {
    return range == null ? "" : " " + word + " " + range.of(table);
  }

  /**
   * The expression of a column with text that comes as bytes where no string can hold it, unless
   * the bytes of the column can tell.
   */
  public String text(String column) {
    // Replacing nothing takes it to UTF-8 and back.
    return utf16
        ? ("CASE WHEN typeof(%1$s) = 'text' AND CAST(replace(%1$s, char(1), char(1)) AS BLOB)"
                + " IS NOT CAST(%1$s AS BLOB) THEN CAST(%1$s AS BLOB) ELSE %1$s END")
            .formatted(column)
        : column;
  }

  /** The expression of a row's number in the table with this alias; null if there is none. */
  public @Nullable String rowNumber(String table) {
    return rowNumbers ? table + "._rowid_" : null;
  }
}
