package dev.memoryconsole.store.batch;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every store does with a batch while it holds its lock: reads the rows again, decides about
 * each, announces the writes, writes.
 *
 * @param results an answer for every id, in the order in which they were asked for
 * @param written how many rows were written
 */
public record BatchDecision(Map<String, PatchResult> results, int written) {

  /**
   * The rows of a batch, as a store reads and writes them under its lock.
   *
   * @param <X> how the engine below fails
   */
  public interface LockedRows<X extends Exception> {
    /** Reads the rows as they are now. */
    void reread() throws X;

    /** Returns how many rows have this id. */
    int count(String id);

    /** Returns the only row with this id. */
    MemoryEntry only(String id);

    /**
     * Why a column that a change speaks of can't be written and put back as it is; null if it can.
     *
     * @return a reason, to follow a colon
     */
    @Nullable Message columnFlaw(RowWrite write) throws X;

    /** Writes, all or nothing; called at most once, and never with nothing to write. */
    void write(List<RowWrite> writes) throws X;
  }

  /** Goes through the batch. Whatever is thrown, by the store or by the patch, comes through. */
  public static <X extends Exception> BatchDecision take(
      List<String> ids, LockedRows<X> rows, BatchPatch patch) throws X {
    rows.reread();
    Map<String, PatchResult> results = new LinkedHashMap<>();
    List<RowWrite> writes = new ArrayList<>();
    for (String id : ids) {
      PatchResult result = decide(rows.count(id), () -> rows.only(id), patch);
      results.put(id, result);
      if (result instanceof PatchResult.Written(RowWrite write)) {
        Message flaw = write.columns().isEmpty() ? null : rows.columnFlaw(write);
        if (flaw == null) {
          writes.add(write);
        } else {
          results.put(id, new PatchResult.Unwritable(flaw));
        }
      }
    }
    patch.beforeCommit(List.copyOf(writes));
    if (!writes.isEmpty()) {
      rows.write(writes);
    }
    return new BatchDecision(results, writes.size());
  }

  /**
   * Decides about one row; nothing is written by that.
   *
   * @param rows how many rows have the id
   * @param only the row, if it is one
   * @return {@link PatchResult.Written} if there is something to write
   */
  public static PatchResult decide(int rows, Supplier<MemoryEntry> only, BatchPatch patch) {
    if (rows != 1) {
      return rows == 0 ? new PatchResult.Missing() : new PatchResult.Duplicate(rows);
    }
    MemoryEntry row = only.get();
    Message flaw = row.flaw();
    if (flaw != null) {
      return new PatchResult.Unwritable(flaw);
    }
    RowWrite write = patch.writeFor(row);
    return write == null ? new PatchResult.Kept() : new PatchResult.Written(write);
  }
}
