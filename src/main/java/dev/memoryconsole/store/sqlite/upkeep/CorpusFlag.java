package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings up a store whose triggers do not know the plugin's corpus yet: flags the few rows that say
 * that they belong to it, found with no lock held, and then has the triggers do so. In steps that
 * hold the lock for a few milliseconds; a kill in between leaves the rest to the next opening.
 *
 * <p>For one thread.
 */
public final class CorpusFlag implements UpkeepTask {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final SqliteCode DOING = SqliteCode.TELLING_CORPUS;
  private static final int ROWS = 50;
  private static final String IS_OLD =
      "SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND name = 'memories_derived'"
          + " AND instr(sql, 'openclaw_corpus') = 0";
  private static final String UNFLAGGED =
      "SELECT d.id FROM memories_doc d CROSS JOIN memories m ON m.id = d.id"
          + " WHERE NOT d.flags & 16 AND instr(CAST(m.metadata AS TEXT), '\"openclaw_corpus\"')";
  private static final String FLAG =
      "UPDATE memories_doc SET flags = flags | 18 WHERE id = ?1 AND EXISTS (SELECT 1 FROM memories"
          + " m WHERE m.id = ?1 AND CASE WHEN json_valid(CAST(m.metadata AS TEXT)) THEN"
          + " json_type(CAST(m.metadata AS TEXT), '$.openclaw_corpus') = 'true' END)";

  private final Opening opening;
  private final WriteConnection writer;
  private final ReadPool readers;
  private @Nullable Deque<String> unflagged;
  private boolean done;

  public CorpusFlag(Opening opening, WriteConnection writer, ReadPool readers) {
    this.opening = opening;
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public @Nullable LockAcquisition step() throws InterruptedException {
    if (done) {
      return null;
    }
    Deque<String> left = unflagged;
    if (left == null) {
      left = new ArrayDeque<>(readers.read(DOING, CorpusFlag::look));
      unflagged = left;
    }
    List<String> now = new ArrayList<>(ROWS);
    while (now.size() < ROWS && !left.isEmpty()) {
      now.add(left.remove());
    }
    if (!now.isEmpty()) {
      return writer.hold(
          opening, PURPOSE, DOING, WriteConnection.LIMIT, connection -> flag(connection, now));
    }
    boolean old = readers.read(DOING, connection -> Sql.number(connection, IS_OLD) == 1);
    LockAcquisition event =
        old
            ? writer.hold(
                opening, PURPOSE, DOING, WriteConnection.LIMIT, SchemaBuilder::renewDerivation)
            : null;
    done = true;
    return event;
  }

  private static List<String> look(Connection connection) throws SQLException {
    return Sql.number(connection, IS_OLD) == 1 ? Sql.strings(connection, UNFLAGGED) : List.of();
  }

  private static void flag(Connection connection, List<String> ids) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(FLAG)) {
      for (String id : ids) {
        update.setString(1, id);
        update.executeUpdate();
      }
    }
  }
}
