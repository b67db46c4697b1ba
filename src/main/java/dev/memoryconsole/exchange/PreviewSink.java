package dev.memoryconsole.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.exchange.source.BadEntryException;
import dev.memoryconsole.exchange.source.RecordSink;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the first memories of a file, and the first part that could not be read. */
final class PreviewSink implements RecordSink {
  private final EntrySink.Reading reading;
  private final int limit;
  private final List<MemoryEntry> entries = new ArrayList<>();
  private @Nullable BadLine firstBad;

  PreviewSink(EntrySink.Reading reading, int limit) {
    this.reading = reading;
    this.limit = limit;
  }

  @Override
  public boolean record(long line, JsonNode value) {
    try {
      entries.addAll(reading.entries(value));
      return entries.size() < limit;
    } catch (BadEntryException e) {
      return unreadable(line, e.reason());
    }
  }

  @Override
  public boolean unreadable(long line, Message reason) {
    if (firstBad == null) {
      firstBad = new BadLine(line, reason);
    }
    return true;
  }

  List<MemoryEntry> entries() {
    return List.copyOf(entries.subList(0, Math.min(limit, entries.size())));
  }

  @Nullable BadLine firstBad() {
    return firstBad;
  }
}
