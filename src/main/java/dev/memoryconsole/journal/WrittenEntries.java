package dev.memoryconsole.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements about what became of a run's writes. */
final class WrittenEntries {
  /** The columns of an entry's progress, before its marker. */
  static final String PROGRESS =
      "e.position, e.id, coalesce(e.title, ''), e.state, e.attempt, coalesce(e.started_at, 0),"
          + " e.text_hash";

  // What a later run wrote, an undo too, is no longer this run's to look after, nor what a restore
  // took the place of, or may have: one that was killed does not say whether it took effect.
  private static final String WRITTEN =
      """
      , e.upgraded_at FROM entries e
      WHERE e.run = ?1 AND e.position > ?2 AND e.state IN ('UPGRADED', 'FALLBACK')
        AND e.upgraded_at > (SELECT unwatched FROM runs WHERE id = e.run)
        AND e.upgraded_at > (SELECT coalesce(max(unwatched), 0) FROM runs
          WHERE store = ?3 AND kind = 'RESTORE' AND safety IS NOT NULL)
        AND e.text_hash IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM entries later JOIN runs r ON r.id = later.run
          WHERE later.id = e.id AND later.waiting IS NULL AND later.run > e.run AND r.store = ?3
            AND later.state IN ('UPGRADED', 'FALLBACK', 'UNDONE', 'COMMITTING'))
      ORDER BY e.position LIMIT ?4\
      """;

  // Of an undo: the marker is that of the write it took back, which only an older copy brings back.
  private static final String UNDONE =
      """
      , w.upgraded_at FROM entries e JOIN runs u ON u.id = e.run
        JOIN entries w ON w.run = u.of_run AND w.id = e.id AND w.waiting IS NULL
      WHERE e.run = ?1 AND e.position > ?2 AND e.state = 'UNDONE' AND w.upgraded_at > u.unwatched
        AND w.upgraded_at > (SELECT coalesce(max(unwatched), 0) FROM runs
          WHERE store = ?3 AND kind = 'RESTORE' AND safety IS NOT NULL)
        AND NOT EXISTS (
          SELECT 1 FROM entries later JOIN runs r ON r.id = later.run
          WHERE later.id = e.id AND later.waiting IS NULL AND later.run > e.run AND r.store = ?3
            AND later.state IN ('UPGRADED', 'FALLBACK', 'UNDONE', 'COMMITTING'))
      ORDER BY e.position LIMIT ?4\
      """;

  private WrittenEntries() {}

  static List<EntryProgress> of(
      Connection connection, String store, long run, int afterPosition, int limit)
      throws SQLException {
    return read(connection, WRITTEN, store, run, afterPosition, limit);
  }

  static List<EntryProgress> undone(
      Connection connection, String store, long run, int afterPosition, int limit)
      throws SQLException {
    return read(connection, UNDONE, store, run, afterPosition, limit);
  }

  private static List<EntryProgress> read(
      Connection connection, String sql, String store, long run, int afterPosition, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT " + PROGRESS + sql)) {
      select.setLong(1, run);
      select.setInt(2, afterPosition);
      select.setString(3, store);
      select.setInt(4, limit);
      return progress(select, false);
    }
  }

  /**
   * Reads the progress of entries.
   *
   * @param select whose columns are {@link #PROGRESS}, the marker, and, if these are wanted too,
   *     the enrichment, the metadata before and what was written
   */
  static List<EntryProgress> progress(PreparedStatement select, boolean withResults)
      throws SQLException {
    List<EntryProgress> entries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        long marker = row.getLong(8);
        Long upgradedAt = row.wasNull() ? null : Long.valueOf(marker);
        entries.add(
            new EntryProgress(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                EntryState.valueOf(row.getString(4)),
                row.getInt(5),
                row.getLong(6),
                row.getString(7),
                upgradedAt,
                withResults ? row.getString(9) : null,
                withResults ? row.getString(10) : null,
                withResults ? row.getString(11) : null));
      }
    }
    return entries;
  }

  /** The greatest marker announced so far; 0 for none. */
  static long lastMarker(Connection connection, String store) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT coalesce(max(last_marker), 0) FROM runs WHERE store = ?")) {
      select.setString(1, store);
      try (ResultSet row = select.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  /** Notes the greatest marker of a run. */
  static void marked(Connection connection, long run, long marker) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE runs SET last_marker = ?1 WHERE id = ?2 AND last_marker < ?1")) {
      update.setLong(1, marker);
      update.setLong(2, run);
      update.executeUpdate();
    }
  }

  /** Nothing that runs before this restore wrote until it was announced is looked after. */
  static void endBefore(Connection connection, long restore) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE runs SET unwatched = (SELECT r.unwatched FROM runs r WHERE r.id = ?1),"
                + " verification = CASE verification WHEN 'NONE' THEN 'NONE' ELSE 'ENDED' END"
                + " WHERE store = (SELECT r.store FROM runs r WHERE r.id = ?1) AND id < ?1"
                // The others ended with an earlier restore or never wrote: few are left, however
                // many there were.
                + " AND (verification NOT IN ('NONE', 'ENDED') OR last_marker > unwatched)")) {
      update.setLong(1, restore);
      update.executeUpdate();
    }
  }

  /**
   * A restore is about to take effect, or is known not to have.
   *
   * @param safetyCopy null if it is known not to have
   */
  static void restoring(Connection connection, long run, @Nullable String safetyCopy)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE runs SET safety = ?1, unwatched = (SELECT coalesce(max(r.last_marker), 0)"
                + " FROM runs r WHERE r.store = runs.store) WHERE id = ?2")) {
      update.setString(1, safetyCopy);
      update.setLong(2, run);
      update.executeUpdate();
    }
  }

  /** Records how far a run is verified. */
  static void verified(Connection connection, long run, Verification verification)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE runs SET verification = ? WHERE id = ?")) {
      update.setString(1, verification.name());
      update.setLong(2, run);
      update.executeUpdate();
    }
  }

  /** Records that nothing can overwrite the writes of a run that is over any more. */
  static void settled(Connection connection, long run) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE runs SET verification = 'SETTLED' WHERE id = ? AND verification = 'VERIFIED'"
                + " AND state IN ('COMPLETED', 'INTERRUPTED', 'CANCELLED')")) {
      update.setLong(1, run);
      update.executeUpdate();
    }
  }

  /** Counts one more write of these entries of a run. */
  static void countReapplied(Connection connection, long run, List<Integer> positions)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE entries SET reapplied = reapplied + 1 WHERE run = ? AND position = ?")) {
      for (int position : positions) {
        update.setLong(1, run);
        update.setInt(2, position);
        update.executeUpdate();
      }
    }
  }

  /** How many entries of a run were written again. */
  static int reapplied(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT count(*) FROM entries WHERE run = ? AND reapplied > 0")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        return row.getInt(1);
      }
    }
  }
}
