package dev.memoryconsole.upgrade.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.WriteFate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Compares what runs wrote with what is in the store now. Thread-safe. */
final class WrittenRows {
  private static final int CHUNK = 250;

  private final MemoryStore store;
  private final Journal journal;

  WrittenRows(MemoryStore store, Journal journal) {
    this.store = store;
    this.journal = journal;
  }

  /** Hears the verdict on one entry. */
  @FunctionalInterface
  interface Visitor {
    void found(EntryProgress entry, WriteFate fate);
  }

  /**
   * Looks at everything that a run wrote, or took back, and no later run wrote again.
   *
   * @throws InterruptedException if interrupted between two parts
   */
  void look(long run, RunKind kind, Visitor visitor) throws InterruptedException {
    int after = -1;
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      String path = store.location().key();
      List<EntryProgress> entries =
          kind == RunKind.UNDO
              ? journal.entries().undone(path, run, after, CHUNK)
              : journal.entries().written(path, run, after, CHUNK);
      if (entries.isEmpty()) {
        return;
      }
      again(entries, visitor);
      after = entries.getLast().position();
    }
  }

  /** Looks at these. */
  void again(List<EntryProgress> entries, Visitor visitor) {
    Map<String, List<MemoryEntry>> rows =
        store.find(entries.stream().map(EntryProgress::id).toList()).stream()
            .collect(Collectors.groupingBy(MemoryEntry::id));
    for (EntryProgress entry : entries) {
      visitor.found(entry, fateOf(entry, rows.getOrDefault(entry.id(), List.of())));
    }
  }

  /**
   * Tells what has become of one write.
   *
   * @param rows the rows with its id as they are now
   */
  static WriteFate fateOf(EntryProgress written, List<MemoryEntry> rows) {
    if (rows.isEmpty()) {
      return WriteFate.MISSING;
    }
    if (written.state() == EntryState.UNDONE) {
      // Nobody else writes a marker: with it the whole upgrade came back.
      return rows.stream()
              .anyMatch(row -> markerOf(row) == Objects.requireNonNull(written.upgradedAt()))
          ? WriteFate.OVERWRITTEN
          : WriteFate.IN_PLACE;
    }
    if (rows.stream().anyMatch(row -> isMarked(written, row) || isUpgradedAnew(row))) {
      return WriteFate.IN_PLACE;
    }
    return rows.stream().anyMatch(row -> TextHash.of(row.text()).equals(written.textHash()))
        ? WriteFate.OVERWRITTEN
        : WriteFate.REWRITTEN;
  }

  /** A later marker is one of a later upgrade; an earlier one came back with an older copy. */
  private static boolean isMarked(EntryProgress written, MemoryEntry row) {
    return markerOf(row) >= Objects.requireNonNull(written.upgradedAt());
  }

  /**
   * Its own program wrote it in the new form since, without a marker of anybody: what an older copy
   * brings back is legacy, or has a marker.
   */
  private static boolean isUpgradedAnew(MemoryEntry row) {
    LegacyRule.Traits traits = LegacyRule.traitsOf(row.id(), row.category(), row.metadata());
    return traits.state() == MemoryState.CORPUS
        || (traits.state() == MemoryState.UPGRADED
            && !traits.retryable()
            && !traits.stamped()
            && !MetadataJson.objectOrEmpty(row.metadata()).has(Keys.UPGRADED_AT)
            && !MetadataJson.objectOrEmpty(row.metadata()).has(Keys.UPGRADED_BY));
  }

  private static long markerOf(MemoryEntry row) {
    JsonNode marker = MetadataJson.objectOrEmpty(row.metadata()).path(Keys.UPGRADED_AT);
    return marker.isNumber() ? marker.asLong() : Long.MIN_VALUE;
  }
}
