package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.WriteSide;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.connection.TimeLimit;
import dev.memoryconsole.store.sqlite.inspection.ForeignTriggers;
import dev.memoryconsole.store.sqlite.inspection.TableChecks;
import dev.memoryconsole.store.sqlite.schema.PiecewiseRead;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
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
  private static final String DOING = "adopt the table of memories";
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(2);
  // Without a log who reads keeps out who writes.
  private static final Duration LONGEST_CHECK_WITHOUT_LOG = Duration.ofMillis(20);
  private static final long PAUSE_MILLIS = 20;

  private final WriteSide.Setting setting;
  private final WriteConnection writer;

  public Adoption(WriteSide.Setting setting, WriteConnection writer) {
    this.setting = setting;
    this.writer = writer;
  }

  /**
   * Does it.
   *
   * @throws StoreException if the table is one that can't be adopted; nothing was changed
   */
  public void run() throws SQLException, InterruptedException {
    Schema.Form form = setting.readers().readInPieces(DOING, this::check);
    if (form == Schema.Form.FOREIGN) {
      prepare();
    }
    writer.useLog(setting.opening().options().lockPatience());
  }

  private Schema.Form check(Connection connection) throws SQLException {
    TableChecks.adoptable(setting.file(), connection);
    TableChecks.refuseHuge(setting.file(), connection);
    if (!isSound(connection)) {
      throw new StoreUnavailableException(
          "%s is damaged; nothing was changed, restore it from a backup or repair a copy of it."
              .formatted(setting.file()));
    }
    return Schema.form(connection);
  }

  // As far as that can be told in a time for which nobody minds waiting.
  private static boolean isSound(Connection connection) throws SQLException {
    boolean piecewise = TableLayout.of(connection, Schema.form(connection)).piecewise();
    if (piecewise) {
      // Whoever is damaged says so when it is read.
      PiecewiseRead.of(
          connection,
          rows ->
              Schema.number(
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
        setting
            .readers()
            .read(
                DOING,
                connection -> {
                  small[0] = TableChecks.isSmall(connection);
                  return Schema.isToBeMended(connection);
                });
    if (mended) {
      step(WriteConnection.NO_LIMIT, Schema::mend);
    } else {
      step(WriteConnection.LIMIT, Schema::keyOn);
      step(WriteConnection.LIMIT, Schema::prepare);
    }
    if (small[0]) {
      step(WriteConnection.LIMIT, Schema::index);
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
            setting.opening(),
            PURPOSE,
            DOING,
            limit,
            connection -> {
              ForeignTriggers.refuseConflicts(setting.file(), connection);
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
    return System.nanoTime() - begun > setting.opening().options().lockPatience().toNanos();
  }
}
