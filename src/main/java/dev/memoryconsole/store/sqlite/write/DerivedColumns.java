package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.store.batch.Foresight;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.sqlite.schema.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the triggers would derive from a row with new metadata, worked out with no lock held: it is
 * most of the time that a write takes. By the same SQL, so that both can't but agree.
 *
 * @param flags as in {@code memories_doc}
 * @param summary the abstract; null for none
 */
public record DerivedColumns(int flags, @Nullable String summary) implements Foresight {
  private static final String SQL =
      Schema.derivation()
          .replace(
              "FROM memories m",
              "FROM (SELECT '' AS id, '' AS text, 0 AS timestamp, ?1 AS category, ?2 AS metadata)"
                  + " m");

  /** Returns the writes, each with its derivation. */
  public static List<RowWrite> of(List<RowWrite> writes, Connection connection)
      throws SQLException {
    if (writes.isEmpty()) {
      return writes;
    }
    List<RowWrite> derived = new ArrayList<>(writes.size());
    try (PreparedStatement derive =
        connection.prepareStatement("SELECT flags, abstract FROM (" + SQL + ")")) {
      for (RowWrite write : writes) {
        if (!(write instanceof RowWrite.Change change) || !change.columns().isEmpty()) {
          // Few, and not in a hurry: the triggers see to it.
          derived.add(write);
          continue;
        }
        derive.setString(1, change.before().category());
        derive.setString(2, change.metadata());
        try (ResultSet row = derive.executeQuery()) {
          row.next();
          derived.add(change.foreseen(new DerivedColumns(row.getInt(1), row.getString(2))));
        }
      }
    }
    return derived;
  }
}
