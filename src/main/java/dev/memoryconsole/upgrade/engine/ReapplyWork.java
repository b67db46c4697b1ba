package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.store.RowWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Upgrades again: the enrichment in the journal is merged with the fresh row. */
final class ReapplyWork extends AgainWork {
  private final Map<String, EnrichmentResult> results = new HashMap<>();

  ReapplyWork(long run, Journal journal, List<EntryProgress> batch, long now) {
    super(run, journal, batch, now);
    for (EntryProgress kept :
        journal.entries().kept(run, batch.stream().map(EntryProgress::id).toList())) {
      String enrichment = kept.enrichment();
      if (enrichment != null) {
        results.put(kept.id(), EnrichmentResult.ofJson(enrichment));
      }
    }
  }

  @Override
  @Nullable RowWrite again(MemoryEntry current) {
    EnrichmentResult result = results.get(current.id());
    return result == null
        ? null
        : new RowWrite(
            current,
            MetadataMerge.merge(
                current, result.enrichmentOf(current.text()), result.marker(now())));
  }

  @Override
  Long markedAt() {
    return now();
  }
}
