package dev.memoryconsole.ui.runs;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.upgrade.RunDiff;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;

/**
 * What a run did to an entry, and the memory now.
 *
 * @param entry what happened to the memory
 * @param keys before, as the run left it, and now
 */
record Comparison(EntryRecord entry, List<KeyDiff> keys) {
  /** Compares what the run left with the store, which it reads. Background threads only. */
  static Comparison of(Upgrades open, EntryRecord shown) {
    // An undo that left no metadata behind wrote null.
    if (shown.written() == null && !shown.state().isWritten()) {
      return new Comparison(shown, List.of());
    }
    List<MemoryEntry> found = open.store().find(List.of(shown.id()));
    return new Comparison(shown, RunDiff.of(shown, found.isEmpty() ? null : found.getFirst()));
  }
}
