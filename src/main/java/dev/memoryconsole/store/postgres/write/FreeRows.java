package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.read.EntryRows;
import dev.memoryconsole.store.postgres.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Locks rows, all of them or none, and never waits for one while it holds another. What others have
 * locked is passed over; then what was had is let go, the first row of theirs is waited for with
 * nothing else held, and all are asked for anew. So an agent that writes several rows, in whatever
 * order, is never in a deadlock with us, which would fail its transaction as likely as ours, and
 * nobody waits for a row of ours because we wait for a third. For one thread.
 */
final class FreeRows {
  private final Connection connection;
  private final TableShape shape;
  private final String selected;
  private final Collection<String> ids;

  /**
   * Of a table.
   *
   * @param selected the columns to read
   */
  FreeRows(Connection connection, TableShape shape, String selected, Collection<String> ids) {
    this.connection = connection;
    this.shape = shape;
    this.selected = selected;
    this.ids = ids;
  }

  /** Takes what was locked. */
  interface Taker {
    /** Forgets what was taken: it was let go. */
    void begin();

    /** Takes the row that the cursor is at; returns its id. */
    String take(ResultSet row) throws SQLException;
  }

  /**
   * Locks what there is of the rows, in a transaction that has nothing yet.
   *
   * @throws SQLException also if others held one of them for longer than we wait
   * @throws InterruptedException if interrupted while others held one of them
   */
  void lock(LockPatience patience, Taker taker) throws SQLException, InterruptedException {
    String theirs = null;
    for (int rounds = 0; ; rounds++) {
      if (rounds > 1) {
        patience.letOthersGo(rounds);
      }
      taker.begin();
      String limits = patience.limits();
      if (theirs != null) {
        await(limits, theirs, patience);
        limits = "";
      }
      Set<String> missing = new HashSet<>(ids);
      missing.removeAll(take(limits, patience, taker));
      theirs = missing.isEmpty() ? null : firstThere(missing, patience);
      if (theirs == null) {
        return;
      }
      boolean unused = Waiting.toTheEnd(this::letGo);
    }
  }

  /** Locks one row, whoever has it. */
  private void await(String limits, String id, LockPatience patience)
      throws SQLException, InterruptedException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            limits + "SELECT id FROM " + shape.name() + " WHERE id = ? FOR UPDATE")) {
      statement.setString(1, id);
      Waiting.unlessInterrupted(statement, () -> RowLocks.rows(statement), patience.givenUp())
          .close();
    }
  }

  private Set<String> take(String limits, LockPatience patience, Taker taker)
      throws SQLException, InterruptedException {
    Set<String> taken = new HashSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            limits
                + "SELECT "
                + selected
                + " FROM "
                + shape.name()
                // In order, so that of two who want the same one has them all.
                + " WHERE id = ANY (?) ORDER BY id FOR UPDATE SKIP LOCKED")) {
      EntryRows.setTexts(statement, 1, ids);
      try (ResultSet row =
          Waiting.unlessInterrupted(
              statement, () -> RowLocks.rows(statement), patience.givenUp())) {
        while (row.next()) {
          taken.add(taker.take(row));
        }
      }
    }
    return taken;
  }

  /**
   * Tells which row is there all the same: one that others have locked, or that somebody deleted
   * and added again meanwhile, which one look does not see.
   */
  private @Nullable String firstThere(Collection<String> missing, LockPatience patience)
      throws SQLException, InterruptedException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT CAST(id AS text) FROM "
                + shape.name()
                + " WHERE id = ANY (?) ORDER BY id LIMIT 1")) {
      EntryRows.setTexts(statement, 1, missing);
      try (ResultSet row =
          Waiting.unlessInterrupted(statement, statement::executeQuery, patience.givenUp())) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  private boolean letGo() throws SQLException {
    connection.rollback();
    return true;
  }
}
