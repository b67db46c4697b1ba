package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.diff.MetadataDiff;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradePreview;
import dev.memoryconsole.upgrade.engine.run.EnrichmentResult;
import dev.memoryconsole.upgrade.engine.run.ErrorSentence;
import dev.memoryconsole.upgrade.engine.run.KnownAnswers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tells what an upgrade would do to an entry, and writes nothing. Thread-safe. */
final class UpgradePreviewer {
  private final Enrichers enrichers;
  private final KnownAnswers answers;
  private final Clock clock;

  UpgradePreviewer(Enrichers enrichers, KnownAnswers answers, Clock clock) {
    this.enrichers = enrichers;
    this.answers = answers;
    this.clock = clock;
  }

  /** The preview that costs nothing; empty if a model has to be asked for it. */
  Optional<UpgradePreview> previewed(MemoryEntry entry, UpgradeOptions options)
      throws InterruptedException {
    return enrichers.name().equals(Marker.SIMPLE) || answers.of(entry).isPresent()
        ? Optional.of(preview(entry, options))
        : Optional.empty();
  }

  UpgradePreview preview(MemoryEntry entry, UpgradeOptions options) throws InterruptedException {
    Message flaw = entry.flaw();
    if (flaw != null) {
      return untouched(entry, EntryState.FAILED, UpgradeCode.ROW_UNREADABLE.with(flaw));
    }
    RunKind kind = LegacyRule.isStamped(entry) ? RunKind.STAMPED : RunKind.UPGRADE;
    Optional<Message> refusal = new Preconditions(kind, options.scopes()).refusal(entry);
    if (refusal.isPresent()) {
      return untouched(entry, EntryState.SKIPPED, refusal.get());
    }
    EnrichmentResult result;
    try {
      Optional<EnrichmentResult> known = answers.of(entry);
      result = known.isPresent() ? known.get() : ask(entry);
    } catch (EnrichmentException e) {
      Message reason = ErrorSentence.of(e);
      if (options.onFailure() == FailurePolicy.LEAVE) {
        return untouched(entry, EntryState.FAILED, reason);
      }
      result = EnrichmentResult.fallback(reason);
    }
    String merged =
        MetadataMerge.merge(
            entry, result.enrichmentOf(entry.text()), result.marker(clock.millis()));
    return new UpgradePreview(
        entry.id(),
        Titles.of(entry.text()),
        result.error() == null ? EntryState.UPGRADED : EntryState.FALLBACK,
        result.reason(),
        MetadataDiff.between(entry.metadata(), merged));
  }

  private EnrichmentResult ask(MemoryEntry entry) throws EnrichmentException, InterruptedException {
    try (Enricher enricher = enrichers.open()) {
      EnrichmentResult result = EnrichmentResult.of(enricher.enrich(entry), enricher.name());
      answers.put(entry, result);
      return result;
    }
  }

  private static UpgradePreview untouched(MemoryEntry entry, EntryState outcome, Message reason) {
    return new UpgradePreview(entry.id(), Titles.of(entry.text()), outcome, reason, List.of());
  }
}
