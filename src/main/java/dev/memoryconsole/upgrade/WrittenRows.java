package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.WrittenEntry;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import java.util.List;
import java.util.Map;
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
    void found(WrittenEntry entry, Finding finding);
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
      String path = store.path().toString();
      List<WrittenEntry> entries =
          kind == RunKind.UNDO
              ? journal.undone(path, run, after, CHUNK)
              : journal.written(path, run, after, CHUNK);
      if (entries.isEmpty()) {
        return;
      }
      again(entries, visitor);
      after = entries.getLast().position();
    }
  }

  /** Looks at these. */
  void again(List<WrittenEntry> entries, Visitor visitor) {
    Map<String, List<MemoryEntry>> rows =
        store.find(entries.stream().map(WrittenEntry::id).toList()).stream()
            .collect(Collectors.groupingBy(MemoryEntry::id));
    for (WrittenEntry entry : entries) {
      visitor.found(entry, Finding.of(entry, rows.getOrDefault(entry.id(), List.of())));
    }
  }
}
