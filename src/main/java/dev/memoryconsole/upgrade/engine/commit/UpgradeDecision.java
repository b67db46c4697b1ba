package dev.memoryconsole.upgrade.engine.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.WriteFate;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.EnrichmentResult;
import dev.memoryconsole.upgrade.engine.run.FateOfWrite;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Preconditions and merge on the re-read row: the heart of phase 2. */
public final class UpgradeDecision implements Decision {
  private final Preconditions preconditions;
  private final long now;

  /**
   * Decides for one batch.
   *
   * @param now the time of its marker
   */
  public UpgradeDecision(Preconditions preconditions, long now) {
    this.preconditions = preconditions;
    this.now = now;
  }

  @Override
  public Long markedAt() {
    return now;
  }

  @Override
  public Verdict on(Candidate candidate, MemoryEntry current) {
    EnrichmentResult result = candidate.result();
    if (candidate.state().isWritten()) {
      return result != null && isOverwritten(candidate, current)
          ? merged(result, current)
          : written(candidate);
    }
    if (candidate.isRecovered() && carriesOurMarker(candidate, current)) {
      return written(candidate);
    }
    Optional<Message> refusal = preconditions.refusal(current);
    if (refusal.isPresent()) {
      return Verdict.skip(refusal.get());
    }
    if (result == null || !candidate.wasEnrichedFrom(current.text())) {
      return new Verdict.Stale(current);
    }
    return merged(result, current);
  }

  private Verdict merged(EnrichmentResult result, MemoryEntry current) {
    return new Verdict.Write(
        new RowWrite.Change(
            current,
            MetadataMerge.merge(current, result.enrichmentOf(current.text()), result.marker(now))));
  }

  private static boolean isOverwritten(Candidate candidate, MemoryEntry current) {
    EntryProgress write = candidate.kept();
    return write != null
        && FateOfWrite.of(candidate.state(), write, List.of(current)) == WriteFate.OVERWRITTEN;
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
  public Verdict.Over written(Candidate candidate) {
    if (candidate.state().isWritten()) {
      return new Verdict.Over(candidate.state(), UpgradeCode.REAPPLIED.with());
    }
    EnrichmentResult result = Objects.requireNonNull(candidate.result());
    return new Verdict.Over(
        result.error() == null ? EntryState.UPGRADED : EntryState.FALLBACK, result.reason());
  }
}
