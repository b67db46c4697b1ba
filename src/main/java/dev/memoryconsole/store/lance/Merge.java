package dev.memoryconsole.store.lance;

import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.lance.table.Scans;
import dev.memoryconsole.store.lance.table.TableColumns;
import java.util.ArrayList;
import java.util.List;
import org.lance.merge.MergeInsertParams;
import org.lance.merge.MergeInsertStats;

/**
 * The one commit that makes all the writes of a batch: Lance's merge of rows by their ids.
 *
 * @param source the writes whose rows are handed to it; those of {@code removals} are told by id
 */
record Merge(
    List<RowWrite> source, int changes, int returns, List<String> removals, boolean onlyRemoves) {

  static Merge of(List<RowWrite> writes) {
    List<RowWrite> source = new ArrayList<>();
    List<String> removals = new ArrayList<>();
    int changes = 0;
    int returns = 0;
    for (RowWrite write : writes) {
      switch (write) {
        case RowWrite.Change _ -> changes++;
        case RowWrite.Removal _ -> removals.add(write.id());
        case RowWrite.Return _ -> returns++;
      }
      if (!(write instanceof RowWrite.Removal)) {
        source.add(write);
      }
    }
    // Handed over they are found by their ids; else the whole table is gone through.
    return source.isEmpty()
        ? new Merge(writes, 0, 0, removals, true)
        : new Merge(source, changes, returns, removals, false);
  }

  MergeInsertParams params() {
    MergeInsertParams params =
        new MergeInsertParams(List.of(TableColumns.ID))
            .withNotMatched(
                returns == 0
                    ? MergeInsertParams.WhenNotMatched.DoNothing
                    : MergeInsertParams.WhenNotMatched.InsertAll)
            .withConflictRetries(0)
            // Old versions are the plugin's to clean up.
            .withSkipAutoCleanup(true);
    if (onlyRemoves) {
      return params.withMatchedDelete();
    }
    params = params.withMatchedUpdateAll();
    return removals.isEmpty()
        ? params
        : params.withNotMatchedBySourceDeleteIf(Scans.oneOf(removals));
  }

  /** Makes sure that it has done what it was asked for. */
  void check(MergeInsertStats stats) {
    check("updated", stats.numUpdatedRows(), changes);
    check("inserted", stats.numInsertedRows(), returns);
    check("deleted", stats.numDeletedRows(), removals.size());
  }

  private static void check(String what, long done, int asked) {
    if (done != asked) {
      throw new IllegalStateException("%d of %d rows were %s".formatted(done, asked, what));
    }
  }
}
