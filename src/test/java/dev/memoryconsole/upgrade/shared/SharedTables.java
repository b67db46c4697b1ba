package dev.memoryconsole.upgrade.shared;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The tables of one test, which are there until it is over; a field of it to be closed. */
public final class SharedTables implements AutoCloseable {
  private final List<SharedTable> made = new ArrayList<>();

  /** A table of so many legacy memories. */
  public SharedTable of(int rows) throws SQLException {
    SharedTable table = new SharedTable(rows);
    made.add(table);
    return table;
  }

  @Override
  public void close() {
    made.forEach(SharedTable::close);
  }
}
