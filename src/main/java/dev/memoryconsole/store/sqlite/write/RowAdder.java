package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Adds rows to a table that nobody else knows yet and that has no triggers. For one thread. */
public final class RowAdder {
  private final PreparedStatement add;
  private final PreparedStatement replace;

  /** Adds in the transaction at hand; closed with the connection. */
  public RowAdder(Connection connection) throws SQLException {
    String insert =
        "INSERT INTO memories (text, category, scope, importance, timestamp, metadata, id)"
            + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING";
    add = connection.prepareStatement(insert);
    replace =
        connection.prepareStatement(
            "UPDATE memories SET text = ?1, category = ?2, scope = ?3, importance = ?4,"
                + " timestamp = ?5, metadata = ?6 WHERE id = ?7");
  }

  /** Adds rows, and does with those that are there what is asked for. */
  public InsertReport add(List<MemoryEntry> entries, ExistingRows existing) throws SQLException {
    long added = 0;
    long replaced = 0;
    for (MemoryEntry entry : entries) {
      if (EntryWriter.write(add, entry) == 1) {
        added++;
      } else if (existing == ExistingRows.REPLACE) {
        replaced += EntryWriter.write(replace, entry);
      }
    }
    return new InsertReport(added, replaced, entries.size() - added - replaced);
  }
}
