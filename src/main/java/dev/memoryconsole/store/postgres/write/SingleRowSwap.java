package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.BatchDecision;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row's compare-and-swap on its version: it is read and merged with nothing locked, and its
 * lock is held for one statement. For one thread.
 */
final class SingleRowSwap {
  // Who loses more often has a row that is written all the time: it is locked first, and then read.
  private static final int MOST_TRIES = 5;

  private final TableShape shape;
  private final RowLocks locks;
  private final String id;
  private final BatchPatch patch;
  private final LockPurpose purpose;
  private RowWrite.@Nullable Change announced;

  SingleRowSwap(
      TableShape shape, RowLocks locks, String id, BatchPatch patch, LockPurpose purpose) {
    this.shape = shape;
    this.locks = locks;
    this.id = id;
    this.patch = patch;
    this.purpose = purpose;
  }

  /** Tries a few times; null if that has to be done with the row locked. */
  @Nullable PatchResult run(Function<String, List<MemoryEntry>> reader)
      throws InterruptedException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      List<MemoryEntry> rows = reader.apply(id);
      if (rows.size() != 1) {
        // Only a lock can tell that it is gone for good.
        return null;
      }
      PatchResult decided = decide(rows.getFirst());
      if (!(decided instanceof PatchResult.Written(RowWrite write))) {
        return decided;
      }
      if (!(write instanceof RowWrite.Change change)
          || !change.columns().isEmpty()
          || shape.flaw(change.metadata()) != null) {
        // What a column holds, and whole rows, are looked at with the row locked.
        return null;
      }
      if (swap(change)) {
        return decided;
      }
    }
    return null;
  }

  private PatchResult decide(MemoryEntry row) {
    try {
      patch.reread(Map.of(id, row));
      PatchResult decided = BatchDecision.decide(id, 1, () -> row, patch);
      if (decided instanceof PatchResult.Written(RowWrite write)
          && write instanceof RowWrite.Change change
          && !change.equals(announced)) {
        announced = null;
        patch.beforeCommit(List.of(change));
        announced = change;
      }
      return decided;
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw new StoreException(
          PostgresCode.STEP_FAILED.with(PostgresCode.WRITING.with(), shape.address().toString()),
          failure);
    }
  }

  private boolean swap(RowWrite.Change change) throws InterruptedException {
    int[] swapped = new int[1];
    LockAcquisition unused =
        locks.hold(
            purpose,
            PostgresCode.WRITING,
            new RowLocks.Work() {
              @Override
              public void lock(Connection connection, LockPatience patience)
                  throws SQLException, InterruptedException {
                swapped[0] = update(connection, patience, change);
              }

              @Override
              public int write(Connection connection) {
                return swapped[0];
              }
            });
    return swapped[0] == 1;
  }

  /** How many rows the last of several statements has written. */
  private static int updated(PreparedStatement statement) throws SQLException {
    boolean unused = statement.execute();
    int updated = 0;
    for (int each = statement.getUpdateCount(); each >= 0; each = statement.getUpdateCount()) {
      updated = each;
      unused = statement.getMoreResults();
    }
    return updated;
  }

  /** A row that was deleted and added again may have the version of before, but is another one. */
  private int update(Connection connection, LockPatience patience, RowWrite.Change change)
      throws SQLException, InterruptedException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            patience.limits()
                + "UPDATE "
                + shape.name()
                + " SET metadata = CAST(? AS "
                + shape.metadata().type()
                + ") WHERE id = ? AND version = ? AND coalesce(CAST(\"text\" AS text), '') = ?"
                + " AND CAST(metadata AS text) IS NOT DISTINCT FROM CAST(? AS text)")) {
      MemoryEntry before = change.before();
      statement.setString(1, change.metadata());
      statement.setString(2, id);
      statement.setLong(3, before.version());
      statement.setString(4, before.text());
      statement.setString(5, before.metadata());
      return Waiting.unlessInterrupted(statement, () -> updated(statement), patience.givenUp());
    }
  }
}
