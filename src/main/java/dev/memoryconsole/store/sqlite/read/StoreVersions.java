package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.store.Versions;
import dev.memoryconsole.store.sqlite.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads the versions that the triggers keep of every id that ever was: for a store in which all is
 * derived. By blocks, because to hand out a million rows one by one takes longer than to read them.
 */
public final class StoreVersions {
  private static final int BLOCK = 1_024;
  private static final String VERSIONS =
      "SELECT group_concat(version, ',') FROM (SELECT CASE WHEN flags IS NULL THEN ''"
          + " ELSE last_version END AS version FROM memories_doc WHERE doc BETWEEN ? AND ?"
          + " ORDER BY doc)";

  private StoreVersions() {}

  /** Reads them all. */
  public static Versions of(Connection connection) throws SQLException {
    long last = Sql.number(connection, "SELECT coalesce(max(doc), 0) FROM memories_doc");
    List<String> blocks = new ArrayList<>();
    try (PreparedStatement versions = connection.prepareStatement(VERSIONS)) {
      for (long from = 1; from <= last; from += BLOCK) {
        versions.setLong(1, from);
        versions.setLong(2, from + BLOCK - 1);
        try (ResultSet row = versions.executeQuery()) {
          blocks.add(Objects.requireNonNullElse(row.getString(1), ""));
        }
      }
    }
    return new Versions(blocks);
  }
}
