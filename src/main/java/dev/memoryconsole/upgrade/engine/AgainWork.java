package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.BatchPatch;
import dev.memoryconsole.store.RowWrite;
import dev.memoryconsole.upgrade.WriteFate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes writes of a run again that another program has overwritten with an older copy. Announced in
 * the journal, before-image and all, as the first time.
 */
abstract class AgainWork implements BatchPatch {
  private static final String REAPPLIED =
      "Another program had written an older copy over the upgrade; it was re-applied.";
  private static final String RETAKEN =
      "Another program had written an older copy back, upgrade and all; it was taken back again.";

  private final long run;
  private final Journal journal;
  private final long now;
  private final Map<String, EntryProgress> entries = new HashMap<>();

  AgainWork(long run, Journal journal, List<EntryProgress> batch, long now) {
    this.run = run;
    this.journal = journal;
    this.now = now;
    batch.forEach(entry -> entries.put(entry.id(), entry));
  }

  /** What is said of an entry that was written again. */
  static String reasonOf(EntryProgress entry) {
    return entry.state() == EntryState.UNDONE ? RETAKEN : REAPPLIED;
  }

  /** The write to be made again on an overwritten row; null if it can't be. */
  abstract @Nullable RowWrite again(MemoryEntry current);

  /** The marker of that write; null if it leaves none. */
  abstract @Nullable Long markedAt();

  @Override
  public final @Nullable RowWrite writeFor(MemoryEntry current) {
    EntryProgress entry = entries.get(current.id());
    return entry == null || WrittenRows.fateOf(entry, List.of(current)) != WriteFate.OVERWRITTEN
        ? null
        : again(current);
  }

  @Override
  public final void beforeCommit(List<RowWrite> writes) {
    List<EntryChange> changes = new ArrayList<>();
    for (RowWrite write : writes) {
      EntryProgress entry = entries.get(write.before().id());
      if (entry != null) {
        changes.add(
            EntryChange.reapplying(
                entry.position(),
                entry.state(),
                markedAt(),
                new EntryChange.Image(write.before().metadata(), write.metadata()),
                reasonOf(entry)));
      }
    }
    if (!changes.isEmpty()) {
      journal.entries().confirmAgain(run, changes);
    }
  }

  /** When it is made again, milliseconds since 1970. */
  final long now() {
    return now;
  }
}
