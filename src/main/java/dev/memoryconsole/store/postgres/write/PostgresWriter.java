package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.BatchDecision;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes and adds rows. Safe for use by many threads. */
public final class PostgresWriter {
  private final TableShape shape;
  private final RowLocks locks;

  /** Writes to a table. */
  public PostgresWriter(TableShape shape, RowLocks locks) {
    this.shape = shape;
    this.locks = locks;
  }

  /** Reads whole what is to be deleted; see {@link dev.memoryconsole.store.MemoryStore#foresee}. */
  public static List<RowWrite> foresee(
      Connection connection, TableShape shape, List<RowWrite> writes) throws SQLException {
    List<String> removed =
        writes.stream().filter(RowWrite.Removal.class::isInstance).map(RowWrite::id).toList();
    Map<String, WholeRow> rows = WholeRow.read(connection, shape, removed);
    List<RowWrite> foreseen = new ArrayList<>(writes.size());
    for (RowWrite write : writes) {
      WholeRow row = rows.get(write.id());
      foreseen.add(
          write instanceof RowWrite.Removal removal
              ? new RowWrite.Removal(removal.before(), row == null ? null : row.image())
              : write);
    }
    return foreseen;
  }

  /** Finds out which changes the table can hold, so that it is not looked for under the lock. */
  public static List<RowWrite> checked(TableShape shape, List<RowWrite> writes) {
    List<RowWrite> checked = new ArrayList<>(writes.size());
    for (RowWrite write : writes) {
      checked.add(
          write instanceof RowWrite.Change change && LockedBatch.flawOf(change, shape) == null
              ? change.foreseen(Holdable.YES)
              : write);
    }
    return checked;
  }

  /** Changes a batch; see {@link dev.memoryconsole.store.MemoryStore#patch}. */
  public PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    BatchWork work = new BatchWork(ids, patch);
    LockAcquisition lock = locks.hold(purpose, PostgresCode.WRITING, work);
    return new PatchReport(work.decision.results(), lock);
  }

  /**
   * Changes one row; see {@link dev.memoryconsole.store.batch.RowSwap#swap}. Where rows have no
   * version, their lock has to do.
   *
   * @param reader reads the row with nothing locked
   */
  public PatchResult swap(
      String id, BatchPatch patch, LockPurpose purpose, Function<String, List<MemoryEntry>> reader)
      throws InterruptedException {
    PatchResult result =
        shape.keepsVersions()
            ? new SingleRowSwap(shape, locks, id, patch, purpose).run(reader)
            : null;
    return result == null
        ? Objects.requireNonNull(patch(List.of(id), patch, purpose).results().get(id))
        : result;
  }

  /** One batch, from the beginning each time it is tried. */
  private final class BatchWork implements RowLocks.Work {
    private final List<String> ids;
    private final BatchPatch patch;
    private @Nullable LockedBatch rows;
    private BatchDecision decision = new BatchDecision(Map.of(), 0);

    BatchWork(List<String> ids, BatchPatch patch) {
      this.ids = ids;
      this.patch = patch;
    }

    @Override
    public void lock(Connection connection, LockPatience patience)
        throws SQLException, InterruptedException {
      LockedBatch batch = new LockedBatch(connection, shape, ids);
      batch.lock(patience);
      rows = batch;
    }

    @Override
    public int write(Connection connection) throws SQLException {
      decision = BatchDecision.take(ids, Objects.requireNonNull(rows), patch);
      return decision.written();
    }
  }

  /** Adds or replaces a few rows under one acquisition. */
  public InsertReport insert(List<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException {
    if (shape.isView()) {
      throw new StoreException(PostgresCode.VIEW_TAKES_NO_ROWS.with(shape.address().toString()));
    }
    RowAdder adder = new RowAdder(shape, entries, existing);
    InsertReport[] report = {new InsertReport(0, 0, 0)};
    LockAcquisition unused =
        locks.hold(
            LockPurpose.of(LockPurpose.Kind.IMPORT),
            PostgresCode.ADDING,
            new RowLocks.Work() {
              @Override
              public void lock(Connection connection, LockPatience patience)
                  throws SQLException, InterruptedException {
                adder.lock(connection, patience);
              }

              @Override
              public int write(Connection connection) throws SQLException {
                report[0] = Waiting.toTheEnd(() -> adder.write(connection));
                return Math.toIntExact(report[0].added() + report[0].replaced());
              }
            });
    return report[0];
  }
}
