package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Derives everything anew in a store that was without its triggers for a time, in steps that hold
 * the lock for some milliseconds each: first what belongs to each memory, in the order of their
 * ids, then what is left of memories that are gone. How far that came is written down in the store
 * ({@code memories_mend}), so that any process may go on with it, and any may end in the middle.
 *
 * <p>Whatever was written while there were no triggers counts as one write of every memory. The
 * text index begins empty: nobody knows which texts the one before knew.
 *
 * <p>For one thread.
 */
public final class Mender implements UpkeepTask {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final SqliteCode DOING = SqliteCode.MENDING;

  // Of the memories of a step: behind the last one done, up to the last one of this step.
  private static final String FROM_THE_FIRST = "%1$s.id <= (SELECT next FROM memories_mend)";
  private static final String BEHIND =
      "%1$s.id > (SELECT place FROM memories_mend) AND " + FROM_THE_FIRST;

  private static final String NEXT_ID =
      "UPDATE memories_mend SET next = (SELECT max(id) FROM"
          + " (SELECT m.id AS id FROM memories m WHERE %s ORDER BY m.id LIMIT ?))";
  private static final String ADD =
      "INSERT INTO memories_doc (id, last_version) SELECT m.id, 0 FROM memories m WHERE %s"
          + " AND NOT EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = m.id)";
  private static final String DERIVE =
      "UPDATE memories_doc SET last_version = max(last_version + 1, (SELECT CASE WHEN"
          + " typeof(o.version) = 'integer' AND o.version < 4611686018427387904 THEN o.version ELSE"
          + " 1 END FROM memories o WHERE o.id = memories_doc.id)), flags = v.flags, abstract ="
          + " v.abstract, timestamp = v.timestamp FROM ("
          + Schema.derivation()
              .replace("%", "%%")
              .replace(
                  "FROM memories m",
                  "FROM (SELECT r.id, r.text, r.timestamp, r.category, r.metadata FROM memories r"
                      + " WHERE %s) m")
          + ") v WHERE v.id = memories_doc.id";
  // The triggers find their work done.
  private static final String VERSIONS =
      "UPDATE memories SET version = (SELECT last_version FROM memories_doc d"
          + " WHERE d.id = memories.id) WHERE %s AND version IS NOT"
          + " (SELECT last_version FROM memories_doc d WHERE d.id = memories.id)";
  private static final String DOCS =
      " FROM memories m CROSS JOIN memories_doc d ON d.id = m.id WHERE %s";
  private static final String TEXTS =
      "INSERT INTO memories_text_fts (rowid, text) SELECT d.doc, CAST(m.text AS TEXT)"
          + DOCS
          + " AND CAST(m.text AS TEXT) <> ''"
          + " AND NOT EXISTS (SELECT 1 FROM memories_text_fts_docsize f WHERE f.id = d.doc)";
  private static final String ABSTRACTS =
      "INSERT INTO memories_abstract_pending (doc) SELECT d.doc"
          + DOCS
          + " AND d.abstract <> ''"
          + " AND NOT EXISTS (SELECT 1 FROM memories_abstract_pending p WHERE p.doc = d.doc)";

  private static final String NEXT_DOC =
      "UPDATE memories_mend SET next = (SELECT max(doc) FROM (SELECT doc FROM memories_doc"
          + " WHERE doc > (SELECT place FROM memories_mend) ORDER BY doc LIMIT ?))";
  private static final String GONE =
      "doc > (SELECT place FROM memories_mend) AND doc <= (SELECT next FROM memories_mend)"
          + " AND flags IS NOT NULL"
          + " AND NOT EXISTS (SELECT 1 FROM memories m WHERE m.id = memories_doc.id)";

  private final Opening opening;
  private final WriteConnection writer;
  private final ReadPool readers;
  private final HoldSize size = new HoldSize();
  private boolean done;

  // Where it stands.
  private static final int NOTHING_DONE = 0;
  private static final int MEMORIES = 1;
  private static final int THE_GONE = 2;

  public Mender(Opening opening, WriteConnection writer, ReadPool readers) {
    this.opening = opening;
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public @Nullable LockAcquisition step() throws InterruptedException {
    if (done || !readers.read(DOING, StoreForm::isBeingMended)) {
      done = true;
      return null;
    }
    LockAcquisition event = writer.hold(opening, PURPOSE, DOING, WriteConnection.LIMIT, this::mend);
    size.held(event.holdNanos());
    return event;
  }

  private void mend(Connection connection) throws SQLException {
    // By another process, meanwhile.
    if (!StoreForm.isBeingMended(connection)) {
      return;
    }
    if (StoreForm.keepsTextsTwice(connection)) {
      SchemaBuilder.bringUp(connection);
      return;
    }
    switch ((int) Sql.number(connection, "SELECT stage FROM memories_mend")) {
      case NOTHING_DONE -> memories(connection, "m.id IS NOT NULL", FROM_THE_FIRST);
      case MEMORIES -> memories(connection, "m.id > (SELECT place FROM memories_mend)", BEHIND);
      default -> gone(connection);
    }
  }

  private void memories(Connection connection, String wanted, String step) throws SQLException {
    some(connection, NEXT_ID.formatted(wanted));
    if (isOver(connection)) {
      Sql.run(connection, "UPDATE memories_mend SET stage = " + THE_GONE + ", place = 0");
      return;
    }
    Sql.run(
        connection,
        ADD.formatted(step.formatted("m")),
        DERIVE.formatted(step.formatted("r")),
        VERSIONS.formatted(step.formatted("memories")),
        TEXTS.formatted(step.formatted("m")),
        ABSTRACTS.formatted(step.formatted("m")),
        "UPDATE memories_mend SET stage = " + MEMORIES + ", place = next");
  }

  private void gone(Connection connection) throws SQLException {
    some(connection, NEXT_DOC);
    if (isOver(connection)) {
      Sql.run(connection, "DROP TABLE memories_mend");
      return;
    }
    Sql.run(
        connection,
        "UPDATE memories_doc SET last_version = last_version + 1, flags = NULL, abstract = NULL,"
            + " timestamp = NULL WHERE "
            + GONE,
        "UPDATE memories_mend SET place = next");
  }

  private void some(Connection connection, String sql) throws SQLException {
    try (PreparedStatement next = connection.prepareStatement(sql)) {
      next.setInt(1, size.rows());
      next.executeUpdate();
    }
  }

  private static boolean isOver(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT next IS NULL FROM memories_mend") == 1;
  }
}
