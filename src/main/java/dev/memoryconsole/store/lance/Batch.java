package dev.memoryconsole.store.lance;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.lance.read.FragmentRows;
import dev.memoryconsole.store.lance.table.Scans;
import dev.memoryconsole.store.lance.table.TableColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.VectorSchemaRootAppender;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.merge.MergeInsertParams;
import org.lance.merge.MergeInsertResult;

/**
 * The rows of one batch, whole, so that they can be written back whole. They are read before the
 * lock is taken and brought up to date under it, which costs nothing if nobody wrote meanwhile, and
 * else only what others touched: a fragment's files never change, so a row that is still where it
 * was is still what it was. For one thread; holds native memory until closed.
 */
final class Batch implements AutoCloseable {
  private final BufferAllocator allocator;
  private final List<String> ids;
  private final Map<String, List<Integer>> places = new HashMap<>();
  private Schema schema;
  private VectorSchemaRoot rows;
  private Map<Integer, FragmentRows> fragments = Map.of();
  private long version;

  private Batch(Dataset dataset, BufferAllocator allocator, List<String> ids) {
    this.allocator = allocator;
    this.ids = ids;
    this.schema = dataset.getSchema();
    this.rows = empty();
  }

  private VectorSchemaRoot empty() {
    List<Field> fields = new ArrayList<>(schema.getFields());
    fields.add(Field.nullable(TableColumns.ADDRESS, new ArrowType.Int(Long.SIZE, false)));
    VectorSchemaRoot empty = VectorSchemaRoot.create(new Schema(fields), allocator);
    empty.allocateNew();
    return empty;
  }

  /** Reads the rows with these ids, all their columns, as they are in the dataset's version. */
  static Batch read(Dataset dataset, BufferAllocator allocator, List<String> ids) throws Exception {
    Batch batch = new Batch(dataset, allocator, List.copyOf(ids));
    boolean read = false;
    try {
      batch.update(dataset);
      read = true;
      return batch;
    } finally {
      if (!read) {
        batch.close();
      }
    }
  }

  /** Makes the rows those of the dataset's version now. */
  void refresh(Dataset dataset) throws Exception {
    if (dataset.version() == version) {
      return;
    }
    Schema current = dataset.getSchema();
    if (!current.equals(schema)) {
      schema = current;
      rows.close();
      rows = empty();
      places.clear();
      fragments = Map.of();
    }
    update(dataset);
  }

  private void update(Dataset dataset) throws Exception {
    Map<Integer, FragmentRows> now = new HashMap<>();
    Set<Integer> same = new HashSet<>();
    for (Fragment fragment : dataset.getFragments()) {
      FragmentMetadata metadata = fragment.metadata();
      FragmentRows known = fragments.get(metadata.getId());
      now.put(metadata.getId(), FragmentRows.of(metadata, List.of()));
      if (known != null && known.isOf(metadata) && known.hasDeletionsOf(metadata)) {
        same.add(metadata.getId());
      }
    }
    // Of the others nothing is known: a restore may even have brought rows back.
    places.values().forEach(found -> found.removeIf(row -> !same.contains(fragmentOf(row))));
    places.values().removeIf(List::isEmpty);
    append(dataset, now.keySet().stream().filter(number -> !same.contains(number)).toList());
    fragments = now;
    version = dataset.version();
  }

  private void append(Dataset dataset, List<Integer> unread) throws Exception {
    if (unread.isEmpty()) {
      return;
    }
    int before = rows.getRowCount();
    Scans.scan(
        dataset,
        Scans.options().fragmentIds(unread).filter(Scans.oneOf(ids)).withRowAddress(true).build(),
        found -> {
          if (found.getRowCount() > 0) {
            VectorSchemaRootAppender.append(false, rows, inOrder(found));
          }
        });
    for (int row = before; row < rows.getRowCount(); row++) {
      String id = TableColumns.text(rows, TableColumns.ID, row);
      if (id != null) {
        places.computeIfAbsent(id, key -> new ArrayList<>(1)).add(row);
      }
    }
  }

  /** Puts vectors, which stay their owner's, in the order of our columns. */
  private VectorSchemaRoot inOrder(VectorSchemaRoot found) {
    VectorSchemaRoot ordered =
        VectorSchemaRoot.of(
            rows.getSchema().getFields().stream()
                .map(field -> found.getVector(field.getName()))
                .toArray(FieldVector[]::new));
    ordered.setRowCount(found.getRowCount());
    return ordered;
  }

  private int fragmentOf(int row) {
    return (int) (TableColumns.address(rows, row) >>> Integer.SIZE);
  }

  /** How many rows have this id. */
  int count(String id) {
    return places.getOrDefault(id, List.of()).size();
  }

  /** The only row with this id. */
  MemoryEntry only(String id) {
    return TableColumns.entry(rows, place(id), id);
  }

  private int place(String id) {
    return places.getOrDefault(id, List.of()).getFirst();
  }

  /**
   * Writes rows of the batch back in one commit on the version they are of: other metadata,
   * everything else as it was read. Rows that are gone by then are not brought back; a row that
   * somebody else wrote since, without the lock, makes the whole commit fail.
   *
   * @return the version that came of it
   */
  long commit(Dataset dataset, List<RowWrite> writes) throws Exception {
    try (VectorSchemaRoot changed = VectorSchemaRoot.create(schema, allocator)) {
      changed.allocateNew();
      for (int i = 0; i < writes.size(); i++) {
        RowWrite write = writes.get(i);
        copy(write, changed, i);
        TableColumns.putText(changed, TableColumns.METADATA, i, write.metadata());
        TableColumns.put(changed, i, write.columns());
      }
      changed.setRowCount(writes.size());
      MergeInsertParams merge =
          new MergeInsertParams(List.of(TableColumns.ID))
              .withMatchedUpdateAll()
              .withNotMatched(MergeInsertParams.WhenNotMatched.DoNothing)
              .withConflictRetries(0)
              // Old versions are the plugin's to clean up.
              .withSkipAutoCleanup(true);
      try (ArrowReader source = new BatchStream(allocator, changed);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        Data.exportArrayStream(allocator, source, stream);
        MergeInsertResult result = dataset.mergeInsert(merge, stream);
        try (Dataset now = result.dataset()) {
          long updated = result.stats().numUpdatedRows();
          if (updated != writes.size()) {
            throw new IllegalStateException(
                "%d of %d rows were updated".formatted(updated, writes.size()));
          }
          return now.version();
        }
      }
    }
  }

  /** Copies what is not written anew. */
  private void copy(RowWrite write, VectorSchemaRoot target, int to) {
    int from = place(write.before().id());
    Set<String> anew = new HashSet<>();
    anew.add(TableColumns.METADATA);
    write.columns().values().keySet().forEach(column -> anew.add(column.key()));
    for (FieldVector column : target.getFieldVectors()) {
      if (!anew.contains(column.getName())) {
        column.copyFromSafe(from, to, rows.getVector(column.getName()));
      }
    }
  }

  /** Why a column that a change speaks of can't be written as it is meant; null if it can. */
  @Nullable Message columnFlaw(RowWrite write) {
    return TableColumns.flaw(rows, write.columns());
  }

  @Override
  public void close() {
    rows.close();
  }
}
