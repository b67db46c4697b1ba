package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.read.OddIds;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Derives, for a table that is being adopted, the rows that were there before its triggers, in the
 * order of their ids: a few at a time, as many as keep the lock for ten milliseconds or so. Which
 * rows are missing is looked up with no lock held, and again inside of it. Any number of processes
 * may do this at once, and any of them may end in the middle.
 *
 * <p>For one thread.
 */
public final class AdoptionFiller implements UpkeepTask {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final String MISSING =
      "SELECT m.id FROM memories m WHERE %s"
          + " AND NOT EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = m.id)"
          + " ORDER BY m.id LIMIT 1";
  private static final String BATCH = "memories r WHERE r.id >= %s ORDER BY r.id LIMIT ?2";
  private static final String VERSIONS =
      "UPDATE memories SET version = 1 WHERE id IN (SELECT r.id FROM "
          + BATCH
          + ") AND (version IS NULL OR version < 1 OR version >= 4611686018427387904)";
  private static final String DOCS =
      "INSERT INTO memories_doc (id, last_version, timestamp, abstract, flags) SELECT v.id,"
          + " (SELECT version FROM memories o WHERE o.id = v.id), v.timestamp, v.abstract, v.flags"
          + " FROM ("
          + Schema.derivation()
              .replace("%", "%%")
              .replace(
                  "FROM memories m",
                  "FROM (SELECT r.id, r.text, r.timestamp, r.category, r.metadata FROM "
                      + BATCH
                      + ") m")
          + ") v WHERE NOT EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = v.id)";
  private static final String TEXTS =
      "INSERT INTO memories_text_fts (rowid, text) SELECT d.doc, CAST(m.text AS TEXT)"
          + " FROM memories_doc d CROSS JOIN memories m ON m.id = d.id"
          + " WHERE d.doc > ?1 AND CAST(m.text AS TEXT) <> ''";
  private static final String ABSTRACTS =
      "INSERT INTO memories_abstract_pending (doc)"
          + " SELECT doc FROM memories_doc WHERE doc > ?1 AND abstract <> ''";

  private final Opening opening;
  private final WriteConnection writer;
  private final ReadPool readers;
  private final Runnable whole;
  private @Nullable Bound after;
  private boolean done;
  private final HoldSize size = new HoldSize();

  /** An id; as bytes where no string can hold it. */
  private record Bound(Object value, boolean undecodable) {
    static Bound of(ResultSet row) throws SQLException {
      Object value = row.getObject(1);
      boolean odd = value instanceof String text && !OddIds.isSound(row, 1, text);
      return new Bound(odd ? row.getBytes(1) : value, odd);
    }

    String expression() {
      return undecodable ? "CAST(?1 AS TEXT)" : "?1";
    }

    void bind(PreparedStatement statement) throws SQLException {
      statement.setObject(1, value);
    }
  }

  /**
   * Derives the rows of a store.
   *
   * @param whole called when nothing is missing any more
   */
  public AdoptionFiller(Opening opening, WriteConnection writer, ReadPool readers, Runnable whole) {
    this.opening = opening;
    this.writer = writer;
    this.readers = readers;
    this.whole = whole;
  }

  @Override
  public @Nullable LockAcquisition step() throws InterruptedException {
    if (done) {
      return null;
    }
    Optional<Bound> missing = readers.read(SqliteCode.LOOKING_TO_DERIVE, this::missing);
    if (missing.isEmpty()) {
      done = true;
      whole.run();
      return null;
    }
    Bound first = missing.get();
    LockAcquisition event =
        writer.hold(
            opening,
            PURPOSE,
            SqliteCode.DERIVING,
            WriteConnection.LIMIT,
            connection -> fill(connection, first));
    after = first;
    size.held(event.holdNanos());
    return event;
  }

  private Optional<Bound> missing(Connection connection) throws SQLException {
    Bound from = after;
    if (from == null && StoreForm.of(connection) == StoreForm.WHOLE) {
      return Optional.empty();
    }
    String where = from == null ? "m.id IS NOT NULL" : "m.id > " + from.expression();
    try (PreparedStatement look = connection.prepareStatement(MISSING.formatted(where))) {
      if (from != null) {
        from.bind(look);
      }
      try (ResultSet row = look.executeQuery()) {
        return row.next() ? Optional.of(Bound.of(row)) : Optional.empty();
      }
    }
  }

  private void fill(Connection connection, Bound first) throws SQLException {
    batch(connection, VERSIONS, first);
    long last = Sql.number(connection, "SELECT coalesce(max(doc), 0) FROM memories_doc");
    batch(connection, DOCS, first);
    for (String sql : new String[] {TEXTS, ABSTRACTS}) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, last);
        statement.executeUpdate();
      }
    }
  }

  private void batch(Connection connection, String sql, Bound first) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(sql.formatted(first.expression()))) {
      first.bind(statement);
      statement.setInt(2, size.rows());
      statement.executeUpdate();
    }
  }
}
