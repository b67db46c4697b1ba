package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataUndo;
import dev.memoryconsole.store.RowWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes back again, key by key, what an undo had taken back and an older copy brought back. */
final class RetakeWork extends AgainWork {
  private final Map<String, EntryProgress> images = new HashMap<>();

  /**
   * For some entries of an undo.
   *
   * @param ofRun the run that was taken back
   */
  RetakeWork(long undo, long ofRun, Journal journal, List<EntryProgress> batch, long now) {
    super(undo, journal, batch, now);
    journal
        .entries()
        .kept(ofRun, batch.stream().map(EntryProgress::id).toList())
        .forEach(kept -> images.put(kept.id(), kept));
  }

  @Override
  @Nullable RowWrite again(MemoryEntry current) {
    EntryProgress write = images.get(current.id());
    return write == null
        ? null
        : MetadataUndo.undo(current.metadata(), write.before(), write.written())
            .map(undone -> new RowWrite(current, undone.metadata()))
            .orElse(null);
  }

  @Override
  @Nullable Long markedAt() {
    return null;
  }
}
