package dev.memoryconsole.journal;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an entry of a run stands. {@code QUEUED → ENRICHING → ENRICHED → COMMITTING →} an outcome;
 * outcomes are final.
 */
public enum EntryState {
  /** Chosen, nothing done yet. */
  QUEUED(false),
  /** Phase 1 is at work, no lock held. */
  ENRICHING(false),
  /** Phase 1 is done and its result is in the journal. */
  ENRICHED(false),
  /** About to be written: the before-image and what will be written are in the journal. */
  COMMITTING(false),
  /** Written, with the enrichment that was asked for. */
  UPGRADED(true),
  /** Written, but with the simple enrichment, because the model failed. */
  FALLBACK(true),
  /** Written, as the admin wanted it. */
  MENDED(true),
  /** Deleted, as the admin wanted it; the journal has the whole row. */
  DELETED(true),
  /** What another run wrote was taken back, as far as nobody wrote over it since. */
  UNDONE(true),
  /** The text changed again and again while it was being enriched; the row is untouched. */
  STALE(true),
  /** There was nothing to do: deleted, already upgraded, or outside the chosen scopes. */
  SKIPPED(true),
  /** Could not be enriched or written; the row is untouched. */
  FAILED(true),
  /** The run was cancelled before this entry was written; the row is untouched. */
  CANCELLED(true);

  private final boolean outcome;

  EntryState(boolean outcome) {
    this.outcome = outcome;
  }

  /** Whether this is final. */
  public boolean isOutcome() {
    return outcome;
  }

  /** Whether a write of this run took effect in the row. */
  public boolean isWritten() {
    return this == UPGRADED
        || this == FALLBACK
        || this == MENDED
        || this == DELETED
        || this == UNDONE;
  }

  /** Whether a retry of a run takes entries that ended so. */
  public boolean isRetryable() {
    return this == FALLBACK || this == FAILED || this == STALE;
  }

  /** The states that may follow this one. */
  public Set<EntryState> next() {
    return switch (this) {
      // An undo and a mend have nothing to enrich.
      case QUEUED -> EnumSet.of(ENRICHING, COMMITTING, SKIPPED, FAILED, CANCELLED);
      case ENRICHING -> EnumSet.of(ENRICHED, SKIPPED, FAILED, FALLBACK, CANCELLED);
      // A stale entry is enriched anew.
      case ENRICHED ->
          EnumSet.of(COMMITTING, ENRICHING, STALE, SKIPPED, FAILED, FALLBACK, CANCELLED);
      // Back when the batch around it was given up and it is tried alone.
      case COMMITTING ->
          EnumSet.of(
              QUEUED, ENRICHED, UPGRADED, FALLBACK, MENDED, DELETED, UNDONE, SKIPPED, FAILED);
      case UPGRADED, FALLBACK, MENDED, DELETED, UNDONE, STALE, SKIPPED, FAILED, CANCELLED ->
          EnumSet.noneOf(EntryState.class);
    };
  }
}
