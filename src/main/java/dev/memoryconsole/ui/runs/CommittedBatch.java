package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.List;

/**
 * One batch of a run by the time it was written. Its entries are those that had their outcome after
 * it let go of the lock and before the run's next batch had it: one thread commits a run's batches
 * one after the other. Times in milliseconds since 1970.
 *
 * @param number counted from 1
 * @param acquired when it had the lock
 * @param released when it let go
 * @param next when the next batch had the lock
 * @param rows how many rows it wrote
 */
public record CommittedBatch(int number, long acquired, long released, long next, int rows) {
  /** The end of the range of time in which its entries have their outcome, exclusive. */
  long end() {
    return next + 1;
  }

  /**
   * The batch's own of those that had their outcome between {@link #released} and {@link #end}, in
   * the run's order. In the first and the last of these milliseconds entries of the batches beside
   * it may have had theirs: of those there, only as many stay as it wrote.
   */
  List<EntryRecord> own(List<EntryRecord> found) {
    List<EntryRecord> own = new ArrayList<>(found);
    long written = own.stream().filter(one -> one.state().isWritten()).count();
    for (int i = 0; written > rows && i < own.size(); ) {
      if (own.get(i).state().isWritten() && finished(own.get(i)) <= acquired) {
        own.remove(i);
        written--;
      } else {
        i++;
      }
    }
    for (int i = own.size() - 1; written > rows && i >= 0; i--) {
      if (own.get(i).state().isWritten() && finished(own.get(i)) >= next) {
        own.remove(i);
        written--;
      }
    }
    return List.copyOf(own);
  }

  private static long finished(EntryRecord entry) {
    Long at = entry.finishedAt();
    return at == null ? Long.MAX_VALUE : at;
  }

  /** Reads its entries. Background threads only. */
  List<EntryRecord> entriesOf(Upgrades open, long run) {
    return own(open.entriesFinished(run, released, end()));
  }
}
