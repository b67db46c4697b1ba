package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.KeptResult;
import dev.memoryconsole.journal.WrittenEntry;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.store.BatchPatch;
import dev.memoryconsole.store.RowWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes writes again that another program has overwritten: the enrichment in the journal is merged
 * with the fresh row. Announced in the journal, before-image and all, as the first time.
 */
final class ReapplyWork implements BatchPatch {
  static final String REASON =
      "Another program had written an older copy over the upgrade; it was re-applied.";

  private final long run;
  private final Journal journal;
  private final long now;
  private final Map<String, WrittenEntry> entries = new HashMap<>();
  private final Map<String, PhaseOne> results = new HashMap<>();

  ReapplyWork(long run, Journal journal, List<WrittenEntry> batch, long now) {
    this.run = run;
    this.journal = journal;
    this.now = now;
    batch.forEach(entry -> entries.put(entry.id(), entry));
    for (KeptResult kept : journal.kept(run, entries.keySet())) {
      String enrichment = kept.enrichment();
      if (enrichment != null) {
        results.put(kept.id(), PhaseOne.ofJson(enrichment));
      }
    }
  }

  @Override
  public @Nullable RowWrite writeFor(MemoryEntry current) {
    WrittenEntry entry = entries.get(current.id());
    PhaseOne result = results.get(current.id());
    if (entry == null
        || result == null
        || Finding.of(entry, List.of(current)) != Finding.OVERWRITTEN) {
      return null;
    }
    return new RowWrite(
        current,
        MetadataMerge.merge(current, result.enrichmentOf(current.text()), result.marker(now)));
  }

  @Override
  public void beforeCommit(List<RowWrite> writes) {
    List<EntryChange> changes = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (RowWrite write : writes) {
      WrittenEntry entry = entries.get(write.before().id());
      if (entry != null) {
        positions.add(entry.position());
        changes.add(
            EntryChange.reapplying(
                entry.position(),
                entry.state(),
                now,
                new EntryChange.Image(write.before().metadata(), write.metadata()),
                REASON));
      }
    }
    if (!changes.isEmpty()) {
      journal.countReapplied(run, positions);
      journal.writeOnly(run, changes);
    }
  }
}
