package dev.memoryconsole.exchange;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.store.InsertReport;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Collects what an import reads and hands it to the store in batches. For one thread. */
final class ImportBatch {
  private static final int SIZE = 500;

  private final MemoryStore store;
  private final ExistingRows existing;
  private final LongConsumer progress;
  private final Set<String> ids = new HashSet<>();
  private final List<BadLine> bad = new ArrayList<>();
  private final List<MemoryEntry> waiting = new ArrayList<>(SIZE);
  private InsertReport inserted = new InsertReport(0, 0, 0);
  private long read;
  private boolean sawMemory;

  ImportBatch(MemoryStore store, ExistingRows existing, LongConsumer progress) {
    this.store = store;
    this.existing = existing;
    this.progress = progress;
  }

  void add(long number, EntryReader.Result result, long bytes) throws InterruptedException {
    switch (result) {
      case EntryReader.Result.Bad(String reason, boolean isMemory) -> {
        sawMemory |= isMemory;
        bad(number, reason);
      }
      case EntryReader.Result.Good(MemoryEntry entry) -> {
        sawMemory = true;
        if (ids.add(entry.id())) {
          read++;
          waiting.add(entry);
        } else {
          bad(number, "has an id that came before in this file: " + entry.id());
        }
      }
    }
    if (waiting.size() == SIZE) {
      flush(bytes);
    }
  }

  void bad(long number, String reason) {
    read++;
    bad.add(new BadLine(number, reason));
  }

  /** True if there was anything like a memory, good or bad. */
  boolean sawMemory() {
    return sawMemory;
  }

  ImportReport finish(long bytes) throws InterruptedException {
    flush(bytes);
    return new ImportReport(read, inserted, List.copyOf(bad));
  }

  private void flush(long bytes) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!waiting.isEmpty()) {
      inserted = inserted.plus(store.insert(waiting, existing));
      waiting.clear();
    }
    progress.accept(bytes);
  }
}
