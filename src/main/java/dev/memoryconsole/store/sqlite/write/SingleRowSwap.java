package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.BatchDecision;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row's compare-and-swap on its version. The row is read and merged just before each try for
 * the lock; the lock is held for one statement.
 */
final class SingleRowSwap {
  // Who loses more often has a row that is written all the time: it takes the lock first, and then
  // reads.
  private static final int MOST_TRIES = 5;

  /** To follow "Could not". */
  static final SqliteCode WRITING = SqliteCode.WRITING;

  private final Opening opening;
  private final WriteConnection writer;
  private final String id;
  private final BatchPatch patch;
  private final LockPurpose purpose;
  private RowWrite.@Nullable Change announced;
  private @Nullable PatchResult result;
  private boolean unclear;

  SingleRowSwap(
      Opening opening, WriteConnection writer, String id, BatchPatch patch, LockPurpose purpose) {
    this.opening = opening;
    this.writer = writer;
    this.id = id;
    this.patch = patch;
    this.purpose = purpose;
  }

  /** Tries a few times; null if that has to be done inside the lock. */
  @Nullable PatchResult run() throws InterruptedException {
    for (int tries = 0; tries < MOST_TRIES && result == null && !unclear; tries++) {
      writer.holdAfter(opening, purpose, WRITING, this::merge, this::write);
    }
    return result;
  }

  /** Whether there is something to write, on the row as it is now. */
  private boolean merge() throws SQLException {
    List<MemoryEntry> rows = writer.read(List.of(id));
    try {
      patch.reread(rows.size() == 1 ? Map.of(id, rows.getFirst()) : Map.of());
      PatchResult decided = BatchDecision.decide(id, rows.size(), rows::getFirst, patch);
      if (!(decided instanceof PatchResult.Written(RowWrite write))) {
        // Only the lock can tell that it is gone for good.
        unclear = rows.size() != 1;
        result = unclear ? null : decided;
        return false;
      }
      if (!(write instanceof RowWrite.Change change) || !change.columns().isEmpty()) {
        // What a column holds, and whole rows, are looked at inside the lock.
        unclear = true;
        return false;
      }
      if (!change.equals(announced)) {
        announced = null;
        patch.beforeCommit(List.of(change));
        announced = change;
      }
      return true;
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw new StoreException(SqliteCode.SWAP_STEP_FAILED.with(id), failure);
    }
  }

  private int write() throws SQLException {
    RowWrite.Change write = Objects.requireNonNull(announced);
    PreparedStatement swap = writer.statements().swap();
    swap.setString(1, write.metadata());
    swap.setString(2, id);
    swap.setLong(3, write.before().version());
    int rows = swap.executeUpdate();
    // Not yet committed: a failure of the commit is thrown, and then nobody asks for the result.
    result = rows == 1 ? new PatchResult.Written(write) : null;
    return rows;
  }
}
