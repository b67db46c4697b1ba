package dev.memoryconsole.store.batch;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Returns the only row with this id, whole. */
    RowImage image(String id) throws X;

    /**
     * Why a write can't be made so that it can be taken back exactly, or a row can't be put back as
     * it was; null if it can.
     *
     * @return a reason, to follow a colon
     */
    @Nullable Message flaw(RowWrite write) throws X;

    /** Writes, all or nothing; called at most once, and never with nothing to write. */
    void write(List<RowWrite> writes) throws X;
  }

  /** Goes through the batch. Whatever is thrown, by the store or by the patch, comes through. */
  public static <X extends Exception> BatchDecision take(
      List<String> ids, LockedRows<X> rows, BatchPatch patch) throws X {
    rows.reread();
    patch.reread(readable(ids, rows));
    Map<String, PatchResult> results = new LinkedHashMap<>();
    for (String id : ids) {
      PatchResult result = decide(id, rows.count(id), () -> rows.only(id), patch);
      results.put(
          id,
          result instanceof PatchResult.Written(RowWrite write) ? checked(write, rows) : result);
    }
    List<RowWrite> writes = whole(results, patch);
    patch.beforeCommit(List.copyOf(writes));
    if (!writes.isEmpty()) {
      rows.write(writes);
    }
    return new BatchDecision(results, writes.size());
  }

  private static Map<String, MemoryEntry> readable(List<String> ids, LockedRows<?> rows) {
    Map<String, MemoryEntry> readable = new HashMap<>();
    for (String id : ids) {
      if (rows.count(id) == 1 && rows.only(id).flaw() == null) {
        readable.put(id, rows.only(id));
      }
    }
    return readable;
  }

  private static <X extends Exception> PatchResult checked(RowWrite write, LockedRows<X> rows)
      throws X {
    Message flaw = rows.flaw(write);
    if (flaw != null) {
      return new PatchResult.Unwritable(flaw);
    }
    boolean outdated =
        write instanceof RowWrite.Removal removal
            && !Objects.equals(removal.image(), rows.image(write.id()));
    return outdated ? new PatchResult.Outdated() : new PatchResult.Written(write);
  }

  /** Takes back the writes that were to be made with one that can't be, and returns the others. */
  private static List<RowWrite> whole(Map<String, PatchResult> results, BatchPatch patch) {
    boolean units = patch.hasUnits();
    List<RowWrite> writes = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    results.forEach(
        (id, result) -> {
          if (result instanceof PatchResult.Written(RowWrite write)) {
            boolean all =
                !units
                    || patch.together(id).stream()
                        .allMatch(other -> results.get(other) instanceof PatchResult.Written);
            if (all) {
              writes.add(write);
            } else {
              alone.add(id);
            }
          }
        });
    alone.forEach(id -> results.put(id, new PatchResult.Kept()));
    return writes;
  }

  /**
   * Decides about one row; nothing is written by that.
   *
   * @param rows how many rows have the id
   * @param only the row, if it is one
   * @return {@link PatchResult.Written} if there is something to write
   */
  public static PatchResult decide(
      String id, int rows, Supplier<MemoryEntry> only, BatchPatch patch) {
    if (rows == 0) {
      RowWrite back = patch.returnOf(id);
      return back == null ? new PatchResult.Missing() : new PatchResult.Written(back);
    }
    if (rows != 1) {
      return new PatchResult.Duplicate(rows);
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
