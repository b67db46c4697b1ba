package dev.memoryconsole.upgrade.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.store.RowWrite;
import dev.memoryconsole.upgrade.Preconditions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Preconditions and merge on the re-read row: the heart of phase 2. */
final class UpgradeWork extends BatchWork {
  private final Preconditions preconditions;
  private final long now;

  UpgradeWork(List<Candidate> candidates, UpgradeRun run, Preconditions preconditions) {
    super(candidates, run);
    this.preconditions = preconditions;
    this.now = run.markers().next();
  }

  @Override
  @Nullable RowWrite decide(Candidate candidate, MemoryEntry current) {
    if (candidate.isRecovered() && carriesOurMarker(candidate, current)) {
      return leave(candidate, written(candidate));
    }
    Optional<String> refusal = preconditions.refusal(current);
    if (refusal.isPresent()) {
      return leave(candidate, Verdict.skip(refusal.get()));
    }
    EnrichmentResult result = candidate.result();
    if (result == null || !candidate.wasEnrichedFrom(current.text())) {
      return leave(candidate, new Verdict.Stale(current));
    }
    return new RowWrite(
        current,
        MetadataMerge.merge(current, result.enrichmentOf(current.text()), result.marker(now)));
  }

  /** Whether the write that was announced before the run was stopped did take effect. */
  private static boolean carriesOurMarker(Candidate candidate, MemoryEntry current) {
    EntryProgress kept = candidate.kept();
    EnrichmentResult result = candidate.result();
    if (kept == null || result == null || kept.upgradedAt() == null) {
      return false;
    }
    ObjectNode metadata = MetadataJson.objectOrEmpty(current.metadata());
    return metadata.path(Keys.UPGRADED_AT).asLong() == kept.upgradedAt()
        && metadata.path(Keys.UPGRADED_BY).asText().equals(result.by());
  }

  @Override
  Long markedAt() {
    return now;
  }

  @Override
  Verdict.Over written(Candidate candidate) {
    EnrichmentResult result = Objects.requireNonNull(candidate.result());
    return new Verdict.Over(
        result.error() == null ? EntryState.UPGRADED : EntryState.FALLBACK, result.reason());
  }
}
