package dev.memoryconsole.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.exchange.source.BadEntryException;
import dev.memoryconsole.exchange.source.RecordSink;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Checks the memories of an import and adds them to the store in batches. */
final class EntrySink implements RecordSink {
  // More than a store writes under one lock.
  private static final int BATCH = 2_000;

  private final Reading reading;
  private final RowInsertion target;
  private final ExistingRows existing;
  private final LongConsumer progress;
  private final List<MemoryEntry> batch = new ArrayList<>(BATCH);
  private final List<BadLine> bad = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private InsertReport inserted = new InsertReport(0, 0, 0);
  private long read;

  /** Turns a value of the file into memories. */
  @FunctionalInterface
  interface Reading {
    List<MemoryEntry> entries(JsonNode value) throws BadEntryException;
  }

  EntrySink(Reading reading, RowInsertion target, ExistingRows existing, LongConsumer progress) {
    this.reading = reading;
    this.target = target;
    this.existing = existing;
    this.progress = progress;
  }

  @Override
  public boolean record(long line, JsonNode value) throws InterruptedException {
    try {
      for (MemoryEntry entry : reading.entries(value)) {
        accept(line, entry);
      }
    } catch (BadEntryException e) {
      unreadable(line, e.reason());
    }
    return true;
  }

  private void accept(long line, MemoryEntry entry) throws InterruptedException {
    if (!seen.add(entry.id())) {
      unreadable(line, ExchangeCode.REPEATED_ID.with(entry.id()));
      return;
    }
    read++;
    batch.add(entry);
    if (batch.size() == BATCH) {
      flush();
    }
  }

  @Override
  public boolean unreadable(long line, Message reason) {
    bad.add(new BadLine(line, reason));
    return true;
  }

  ImportReport finish() throws InterruptedException {
    flush();
    return new ImportReport(read, inserted, List.copyOf(bad));
  }

  private void flush() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    inserted = inserted.plus(target.insert(List.copyOf(batch), existing));
    batch.clear();
    progress.accept(read);
  }
}
