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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the memories of an import and adds them to the store, many at a time in the order of their
 * timestamps: most indexes of a store begin with that, so that what is added together lies
 * together.
 */
final class EntrySink implements RecordSink {
  private static final int GATHERED = 20_000;
  // Of text and metadata, in characters: a few large memories need as much room as many small ones.
  private static final long GATHERED_CHARACTERS = 16_000_000;
  // More than a store writes under one lock; progress is told after each.
  private static final int BATCH = 5_000;
  private static final Comparator<MemoryEntry> BY_TIME =
      Comparator.comparing(
          MemoryEntry::timestamp, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final Reading reading;
  private final RowInsertion target;
  private final ExistingRows existing;
  private final LongConsumer progress;
  private final List<MemoryEntry> gathered = new ArrayList<>();
  private final List<BadLine> bad = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private InsertReport inserted = new InsertReport(0, 0, 0);
  private long characters;
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
    gathered.add(entry);
    characters += length(entry.text()) + length(entry.metadata());
    if (gathered.size() == GATHERED || characters >= GATHERED_CHARACTERS) {
      flush();
    }
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
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
    gathered.sort(BY_TIME);
    int from = 0;
    do {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int to = Math.min(from + BATCH, gathered.size());
      inserted = inserted.plus(target.insert(List.copyOf(gathered.subList(from, to)), existing));
      progress.accept(read - gathered.size() + to);
      from = to;
    } while (from < gathered.size());
    gathered.clear();
    characters = 0;
  }
}
