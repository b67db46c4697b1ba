package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import dev.memoryconsole.store.sqlite.write.WriteStatements;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the index of the abstracts up to date: adds a few of those that wait in each step, and
 * merges a little of the index now and then. For one thread.
 */
public final class AbstractIndex implements UpkeepTask {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final int STEPS_PER_MERGE = 8;
  private static final String ANY_PENDING =
      "SELECT EXISTS (SELECT 1 FROM memories_abstract_pending)";

  private final Opening opening;
  private final WriteConnection writer;
  private final ReadPool readers;
  private boolean more;
  private int stepsSinceMerge;

  /** Indexes the abstracts of a store. */
  public AbstractIndex(Opening opening, WriteConnection writer, ReadPool readers) {
    this.opening = opening;
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public @Nullable LockAcquisition step() throws InterruptedException {
    boolean wanted =
        more
            || readers.read(
                SqliteCode.LOOKING_FOR_ABSTRACTS,
                connection -> Sql.number(connection, ANY_PENDING) == 1);
    more = false;
    return wanted ? writer.hold(opening, PURPOSE, SqliteCode.INDEXING, this::index) : null;
  }

  // Writes no memory.
  private int index() throws SQLException {
    WriteStatements statements = writer.statements();
    if (stepsSinceMerge < STEPS_PER_MERGE) {
      statements.unindex().executeUpdate();
      statements.index().executeUpdate();
      if (statements.indexed().executeUpdate() > 0) {
        stepsSinceMerge++;
        more = true;
        return 0;
      }
    }
    long before = totalChanges(statements);
    statements.merge().executeUpdate();
    // So says SQLite: fewer than two changes are no merge.
    boolean merged = totalChanges(statements) - before >= 2;
    more = merged || stepsSinceMerge >= STEPS_PER_MERGE;
    if (!merged) {
      stepsSinceMerge = 0;
    }
    return 0;
  }

  private static long totalChanges(WriteStatements statements) throws SQLException {
    try (ResultSet row = statements.changes().executeQuery()) {
      return row.getLong(1);
    }
  }
}
