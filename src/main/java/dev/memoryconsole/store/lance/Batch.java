package dev.memoryconsole.store.lance;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.RowWrite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.util.VectorSchemaRootAppender;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.ipc.ScanOptions;
import org.lance.merge.MergeInsertParams;
import org.lance.merge.MergeInsertResult;

/**
 * The rows of one batch as re-read under the lock, whole, so that they can be written back whole.
 * For one thread; holds native memory until closed.
 */
final class Batch implements AutoCloseable {
  private final Dataset dataset;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot rows;
  private final Map<String, List<Integer>> places = new LinkedHashMap<>();

  private Batch(Dataset dataset, BufferAllocator allocator) {
    this.dataset = dataset;
    this.allocator = allocator;
    this.rows = VectorSchemaRoot.create(dataset.getSchema(), allocator);
    rows.allocateNew();
  }

  /** Reads the rows with these ids, all their columns. */
  static Batch read(Dataset dataset, BufferAllocator allocator, List<String> ids) throws Exception {
    Batch batch = new Batch(dataset, allocator);
    boolean read = false;
    try {
      batch.read(ids);
      read = true;
      return batch;
    } finally {
      if (!read) {
        batch.close();
      }
    }
  }

  private void read(List<String> ids) throws Exception {
    ScanOptions wanted = Scans.options().filter(Scans.oneOf(ids)).build();
    Scans.scan(
        dataset,
        wanted,
        found -> {
          if (found.getRowCount() > 0) {
            VectorSchemaRootAppender.append(false, rows, found);
          }
        });
    for (int row = 0; row < rows.getRowCount(); row++) {
      String id = Columns.text(rows, Columns.ID, row);
      if (id != null) {
        places.computeIfAbsent(id, key -> new ArrayList<>(1)).add(row);
      }
    }
  }

  /** How many rows have this id. */
  int count(String id) {
    return places.getOrDefault(id, List.of()).size();
  }

  /** The only row with this id. */
  MemoryEntry only(String id) {
    return Columns.entry(rows, place(id), id);
  }

  private int place(String id) {
    return places.getOrDefault(id, List.of()).getFirst();
  }

  /**
   * Writes rows of the batch back in one commit: other metadata, everything else as it was read.
   * Rows that are gone by then are not brought back; a row that somebody else wrote since, without
   * the lock, makes the whole commit fail.
   *
   * @return the version that came of it
   */
  long commit(List<RowWrite> writes) throws Exception {
    try (VectorSchemaRoot changed = VectorSchemaRoot.create(rows.getSchema(), allocator)) {
      changed.allocateNew();
      for (int i = 0; i < writes.size(); i++) {
        copy(place(writes.get(i).before().id()), changed, i);
        put(changed, i, writes.get(i).metadata());
      }
      changed.setRowCount(writes.size());
      MergeInsertParams merge =
          new MergeInsertParams(List.of(Columns.ID))
              .withMatchedUpdateAll()
              .withNotMatched(MergeInsertParams.WhenNotMatched.DoNothing)
              .withConflictRetries(0)
              // Old versions are the plugin's to clean up.
              .withSkipAutoCleanup(true);
      try (ArrowReader source = new OneBatch(allocator, changed);
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

  private void copy(int from, VectorSchemaRoot target, int to) {
    for (FieldVector column : rows.getFieldVectors()) {
      if (!column.getName().equals(Columns.METADATA)) {
        target.getVector(column.getName()).copyFromSafe(from, to, column);
      }
    }
  }

  private static void put(VectorSchemaRoot target, int row, @Nullable String metadata) {
    VarCharVector column = (VarCharVector) target.getVector(Columns.METADATA);
    if (metadata == null) {
      column.setNull(row);
    } else {
      column.setSafe(row, metadata.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
