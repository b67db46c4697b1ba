package dev.memoryconsole.store.lance;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows in memory as the stream that Lance reads from. For one thread. */
final class BatchStream extends ArrowReader {
  private final VectorSchemaRoot rows;
  private boolean read;

  /** Over rows that stay their owner's. */
  BatchStream(BufferAllocator allocator, VectorSchemaRoot rows) {
    super(allocator);
    this.rows = rows;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    if (read) {
      return false;
    }
    read = true;
    prepareLoadNextBatch();
    try (ArrowRecordBatch batch = new VectorUnloader(rows).getRecordBatch()) {
      loadRecordBatch(batch);
    }
    return true;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {
    // The rows belong to somebody else.
  }

  @Override
  protected Schema readSchema() {
    return rows.getSchema();
  }
}
