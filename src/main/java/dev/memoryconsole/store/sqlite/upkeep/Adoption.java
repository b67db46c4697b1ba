package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.connection.TimeLimit;
import dev.memoryconsole.store.sqlite.inspection.ForeignTriggers;
import dev.memoryconsole.store.sqlite.inspection.TableChecks;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Makes a store of a table that another program made, while that program goes on writing: checks
 * everything first, then adds the tables and triggers, still empty, so that from then on nobody's
 * write is missed, and switches to the write-ahead log last. {@link AdoptionFiller} derives the
 * rows that are there, later and bit by bit. Each step takes effect by itself, so that a kill
 * leaves a table that goes on being adopted the next time.
 *
 * <p>For one thread.
 */
public final class Adoption {
  private static final SqliteCode DOING = SqliteCode.ADOPTING;
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(2);
  // Without a log who reads keeps out who writes.
  private static final Duration LONGEST_CHECK_WITHOUT_LOG = Duration.ofMillis(20);
  private static final long PAUSE_MILLIS = 20;

  private final Path file;
  private final Opening opening;
  private final ReadPool readers;
  private final WriteConnection writer;

  public Adoption(Path file, Opening opening, ReadPool readers, WriteConnection writer) {
    this.file = file;
    this.opening = opening;
    this.readers = readers;
    this.writer = writer;
  }

  /**
   * Does it.
   *
   * @throws StoreException if the table is one that can't be adopted; nothing was changed
   */
  public void run() throws SQLException, InterruptedException {
    StoreForm form = readers.readInPieces(DOING, this::check);
    if (form == StoreForm.FOREIGN) {
      prepare();
    }
    writer.useLog(opening.lockPatience());
  }

  private StoreForm check(Connection connection) throws SQLException {
    TableChecks.adoptable(file, connection);
    TableChecks.refuseHuge(file, connection);
    if (!isSound(connection)) {
      throw new StoreUnavailableException(SqliteCode.DAMAGED_TABLE.with(file));
    }
    return StoreForm.of(connection);
  }

  // As far as that can be told in a time for which nobody minds waiting.
  private static boolean isSound(Connection connection) throws SQLException {
    boolean piecewise = TableLayout.of(connection, StoreForm.of(connection)).piecewise();
    if (piecewise) {
      // Whoever is damaged says so when it is read.
      PiecewiseRead.of(
          connection,
          rows ->
              Sql.number(
                  connection,
                  "SELECT sum(length(text) + length(metadata)) FROM memories WHERE "
                      + rows.of("memories")));
    }
    TimeLimit limit = new TimeLimit(connection);
    limit.begin(piecewise ? LONGEST_CHECK_WITHOUT_LOG : LONGEST_CHECK);
    try (PreparedStatement check = connection.prepareStatement("PRAGMA quick_check(1)");
        ResultSet row = check.executeQuery()) {
      return "ok".equals(row.getString(1));
    } catch (SQLException failure) {
      if (SqliteFailures.isInterrupt(failure)) {
        return true;
      }
      throw failure;
    } finally {
      limit.end();
      limit.remove();
    }
  }

  private void prepare() throws InterruptedException {
    boolean[] small = new boolean[1];
    boolean mended =
        readers.read(
            DOING,
            connection -> {
              small[0] = TableChecks.isSmall(connection);
              return StoreForm.isToBeMended(connection);
            });
    if (mended) {
      step(WriteConnection.NO_LIMIT, SchemaBuilder::mend);
    } else {
      step(WriteConnection.LIMIT, SchemaBuilder::keyOn);
      step(WriteConnection.LIMIT, SchemaBuilder::prepare);
    }
    if (small[0]) {
      step(WriteConnection.LIMIT, SchemaBuilder::index);
    }
  }

  private interface Change {
    void on(Connection connection) throws SQLException;
  }

  // Without the log a commit has to wait for readers: it is given up instead, and tried again.
  private void step(Duration limit, Change change) throws InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      try {
        writer.hold(
            opening,
            PURPOSE,
            DOING,
            limit,
            connection -> {
              ForeignTriggers.refuseConflicts(file, connection);
              change.on(connection);
            });
        return;
      } catch (StoreUnavailableException unavailable) {
        boolean busy =
            unavailable.getCause() instanceof SQLException failure
                && SqliteFailures.isBusy(failure);
        if (!busy || isOver(begun)) {
          throw unavailable;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private boolean isOver(long begun) {
    return System.nanoTime() - begun > opening.lockPatience().toNanos();
  }
}
