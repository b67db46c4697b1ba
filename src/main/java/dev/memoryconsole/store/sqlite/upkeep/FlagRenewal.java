package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.schema.KeptCounts;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings up a store whose flags do not tell yet all that they tell now: has the triggers derive and
 * count them from then on, and then derives those of before, in the order of their numbers. In
 * steps that hold the lock for a few milliseconds; a kill in between leaves the rest to the next
 * opening. Until then whoever asks looks at the metadata of such a row.
 *
 * <p>For one thread.
 */
public final class FlagRenewal implements UpkeepTask {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final SqliteCode DOING = SqliteCode.DERIVING;
  private static final String OF_BEFORE = "flags IS NOT NULL AND NOT flags & 256";
  private static final String NEXT =
      "SELECT min(doc), max(doc) FROM (SELECT doc FROM memories_doc WHERE doc > ? AND "
          + OF_BEFORE
          + " ORDER BY doc LIMIT ?)";
  private static final String RENEW =
      "UPDATE memories_doc SET flags = v.flags FROM ("
          + Schema.derivation()
              .replace(
                  "FROM memories m",
                  "FROM (SELECT r.id, r.text, r.timestamp, r.category, r.metadata"
                      + " FROM memories_doc o CROSS JOIN memories r ON r.id = o.id"
                      + " WHERE o.doc BETWEEN ?1 AND ?2 AND o.flags IS NOT NULL"
                      + " AND NOT o.flags & 256) m")
          + ") v WHERE v.id = memories_doc.id AND memories_doc.doc BETWEEN ?1 AND ?2";

  private final Opening opening;
  private final WriteConnection writer;
  private final ReadPool readers;
  private final HoldSize size = new HoldSize();
  private long after;
  private boolean begun;
  private boolean done;

  /** Row numbers of {@code memories_doc}, both included. */
  private record Docs(long from, long to) {}

  /** Renews the flags of a store. */
  public FlagRenewal(Opening opening, WriteConnection writer, ReadPool readers) {
    this.opening = opening;
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public @Nullable LockAcquisition step() throws InterruptedException {
    if (done) {
      return null;
    }
    if (!begun) {
      begun = true;
      done = readers.read(DOING, KeptCounts::ofAll).isPresent();
      if (!done && !readers.read(DOING, SchemaBuilder::derivesAllFlags)) {
        return writer.hold(
            opening, PURPOSE, DOING, WriteConnection.LIMIT, SchemaBuilder::renewDerivation);
      }
    }
    Optional<Docs> next = done ? Optional.empty() : readers.read(DOING, this::next);
    if (next.isEmpty()) {
      done = true;
      return null;
    }
    Docs docs = next.get();
    LockAcquisition event =
        writer.hold(
            opening, PURPOSE, DOING, WriteConnection.LIMIT, connection -> renew(connection, docs));
    after = docs.to();
    size.held(event.holdNanos());
    return event;
  }

  private Optional<Docs> next(Connection connection) throws SQLException {
    try (PreparedStatement look = connection.prepareStatement(NEXT)) {
      look.setLong(1, after);
      look.setInt(2, size.rows());
      try (ResultSet row = look.executeQuery()) {
        Docs docs = new Docs(row.getLong(1), row.getLong(2));
        return row.wasNull() ? Optional.empty() : Optional.of(docs);
      }
    }
  }

  private static void renew(Connection connection, Docs docs) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RENEW)) {
      update.setLong(1, docs.from());
      update.setLong(2, docs.to());
      update.executeUpdate();
    }
  }
}
