package dev.memoryconsole.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.store.InsertReport;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Where an import's memories go: checked, and in batches into the store. */
final class EntrySink {
  private static final int BATCH = 200;

  private final MemoryStore store;
  private final ExistingRows existing;
  private final LongConsumer progress;
  private final List<MemoryEntry> batch = new ArrayList<>(BATCH);
  private final List<BadLine> bad = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private InsertReport inserted = new InsertReport(0, 0, 0);
  private long read;

  EntrySink(MemoryStore store, ExistingRows existing, LongConsumer progress) {
    this.store = store;
    this.existing = existing;
    this.progress = progress;
  }

  void accept(long line, JsonNode node) throws InterruptedException {
    MemoryEntry entry;
    try {
      entry = EntryJson.read(node);
    } catch (EntryJson.BadEntryException e) {
      reject(line, String.valueOf(e.getMessage()));
      return;
    }
    if (!seen.add(entry.id())) {
      reject(line, "Its id " + entry.id() + " was in the file before; the first one counts.");
      return;
    }
    read++;
    batch.add(entry);
    if (batch.size() == BATCH) {
      flush();
    }
  }

  void reject(long line, String reason) {
    bad.add(new BadLine(line, reason));
  }

  boolean isEmpty() {
    return read == 0;
  }

  ImportReport finish() throws InterruptedException {
    flush();
    return new ImportReport(read, inserted, List.copyOf(bad));
  }

  private void flush() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    inserted = inserted.plus(store.insert(List.copyOf(batch), existing));
    batch.clear();
    progress.accept(read);
  }
}
