package dev.memoryconsole.upgrade.engine.verify;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.WriteFate;
import dev.memoryconsole.upgrade.engine.run.FateOfWrite;
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

  /** Hears what has become of one entry. */
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
    String path = store.location().key();
    int after = -1;
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
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
      List<MemoryEntry> found = rows.getOrDefault(entry.id(), List.of());
      visitor.found(entry, FateOfWrite.of(entry.state(), entry, found));
    }
  }
}
