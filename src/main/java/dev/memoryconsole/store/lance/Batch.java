package dev.memoryconsole.store.lance;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.lance.read.FragmentRows;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.Scans;
import dev.memoryconsole.store.lance.table.TableColumns;
import java.io.IOException;
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

  /** Has deletions know their rows whole; those whose row is not there, or doubled, do not. */
  static List<RowWrite> foresee(
      Admission admission, Dataset dataset, BufferAllocator allocator, List<RowWrite> writes)
      throws Exception {
    List<String> ids =
        writes.stream().filter(RowWrite.Removal.class::isInstance).map(RowWrite::id).toList();
    if (ids.isEmpty()) {
      return writes;
    }
    admission.toLatest(dataset);
    List<RowWrite> foreseen = new ArrayList<>(writes.size());
    try (Batch batch = read(dataset, allocator, ids)) {
      for (RowWrite write : writes) {
        foreseen.add(
            write instanceof RowWrite.Removal removal && batch.count(write.id()) == 1
                ? new RowWrite.Removal(removal.before(), batch.image(write.id()))
                : write);
      }
    }
    return foreseen;
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
   * everything else as it was read; deletes rows and puts rows back. Rows that are gone by then are
   * not brought back by a change; a row that somebody else wrote since, without the lock, makes the
   * whole commit fail.
   *
   * @return the version that came of it
   */
  long commit(Dataset dataset, List<RowWrite> writes) throws Exception {
    Merge merge = Merge.of(writes);
    try (VectorSchemaRoot source = VectorSchemaRoot.create(schema, allocator)) {
      source.allocateNew();
      int to = 0;
      for (RowWrite write : merge.source()) {
        switch (write) {
          case RowWrite.Change change -> put(change, source, to);
          case RowWrite.Removal removal -> copy(place(removal.id()), source, to, Set.of());
          case RowWrite.Return back -> WholeRow.copy(back.image(), allocator, source, to);
        }
        to++;
      }
      source.setRowCount(to);
      try (ArrowReader reader = new BatchStream(allocator, source);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        Data.exportArrayStream(allocator, reader, stream);
        MergeInsertResult result = dataset.mergeInsert(merge.params(), stream);
        try (Dataset now = result.dataset()) {
          merge.check(result.stats());
          return now.version();
        }
      }
    }
  }

  private void put(RowWrite.Change change, VectorSchemaRoot target, int to) {
    Set<String> anew = new HashSet<>();
    anew.add(TableColumns.METADATA);
    change.columns().values().keySet().forEach(column -> anew.add(column.key()));
    copy(place(change.id()), target, to, anew);
    TableColumns.putText(target, TableColumns.METADATA, to, change.metadata());
    TableColumns.put(target, to, change.columns());
  }

  /** Copies what is not written anew. */
  private void copy(int from, VectorSchemaRoot target, int to, Set<String> anew) {
    for (FieldVector column : target.getFieldVectors()) {
      if (!anew.contains(column.getName())) {
        column.copyFromSafe(from, to, rows.getVector(column.getName()));
      }
    }
  }

  /** The only row with this id, whole. */
  RowImage image(String id) throws IOException {
    try (VectorSchemaRoot one = VectorSchemaRoot.create(schema, allocator)) {
      one.allocateNew();
      copy(place(id), one, 0, Set.of());
      one.setRowCount(1);
      return WholeRow.image(one);
    }
  }

  /** Why a write can't be made as it is meant; null if it can. */
  @Nullable Message flaw(RowWrite write) throws IOException {
    return switch (write) {
      case RowWrite.Change change -> TableColumns.flaw(rows, change.columns());
      case RowWrite.Removal _ -> null;
      case RowWrite.Return back -> WholeRow.flaw(back.image(), allocator, schema);
    };
  }

  @Override
  public void close() {
    rows.close();
  }
}
