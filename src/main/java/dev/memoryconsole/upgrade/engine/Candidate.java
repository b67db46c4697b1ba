package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Titles;
import org.jspecify.annotations.Nullable;

/**
 * One entry on its way through a run. Owned by one thread at a time; handed over through the queue
 * between the phases.
 */
final class Candidate {
  private final int position;
  private final String id;
  private volatile EntryState state;
  private String title = "";
  private int attempt;
  private long startedAt;
  private boolean missedOnce;
  private EntryState beforeCommitting = EntryState.QUEUED;
  private @Nullable String text;
  private @Nullable EnrichmentResult result;
  private @Nullable EntryProgress kept;
  private boolean recovered;
  private int timesUnclear;

  Candidate(int position, String id) {
    this.position = position;
    this.id = id;
    this.state = EntryState.QUEUED;
  }

  /** As a run left it that was stopped. */
  Candidate(EntryProgress left) {
    this.position = left.position();
    this.id = left.id();
    this.title = left.title();
    this.state = left.state();
    this.attempt = left.attempt();
    this.startedAt = left.startedAt();
    this.recovered = left.state() == EntryState.COMMITTING;
  }

  int position() {
    return position;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  int attempt() {
    return attempt;
  }

  long startedAt() {
    return startedAt;
  }

  EntryState state() {
    return state;
  }

  /** Phase 1's result; null for a row that was not there when phase 1 looked. */
  @Nullable EnrichmentResult result() {
    return result;
  }

  /** What the journal kept of its way; null if that was not asked for. */
  @Nullable EntryProgress kept() {
    return kept;
  }

  /**
   * Whether the run was stopped after this entry's write was announced, or its store did not say
   * what became of it, and nobody has looked yet whether it took effect.
   */
  boolean isRecovered() {
    return recovered;
  }

  /** Whether this is the text that was enriched. */
  boolean wasEnrichedFrom(String current) {
    if (text != null) {
      return text.equals(current);
    }
    return kept != null && TextHash.of(current).equals(kept.textHash());
  }

  /** Goes to the next state; a transition that the states do not allow is a bug. */
  void go(EntryState next) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(id + " can't go from " + state + " to " + next);
    }
    state = next;
  }

  /** Remembers the row that phase 1 is about to enrich. */
  void begin(@Nullable MemoryEntry row, long at) {
    start(at);
    attempt++;
    result = null;
    kept = null;
    text = row == null ? null : row.text();
    if (row != null) {
      see(row);
    }
    go(EntryState.ENRICHING);
  }

  private void start(long at) {
    if (startedAt == 0) {
      startedAt = at;
    }
  }

  /** Lets go of what only the work needed; a long run keeps its outcomes, not its texts. */
  void forgetWork() {
    text = null;
    result = null;
    kept = null;
  }

  /** Remembers the row for its outcome's title. */
  void see(MemoryEntry row) {
    title = Titles.of(row.text());
  }

  void enriched(@Nullable EnrichmentResult found) {
    result = found;
    go(EntryState.ENRICHED);
  }

  /** Takes up what was enriched before the run was stopped. */
  void restore(EnrichmentResult found, EntryProgress from) {
    result = found;
    kept = from;
  }

  /** Remembers the write that is to be taken back; null if the journal knows of none. */
  void takeBack(@Nullable EntryProgress write, long at) {
    start(at);
    kept = write;
  }

  /**
   * Its write was sent, and nobody knows whether it took effect: as if the run had been stopped
   * just then, the row has to tell.
   *
   * @param announced what the journal keeps of that write; null if what is kept is of another run's
   * @return how often that has happened to it
   */
  int unclear(@Nullable EntryProgress announced) {
    if (announced != null) {
      kept = announced;
    }
    recovered = true;
    return ++timesUnclear;
  }

  /** Its write is announced in the journal. */
  void announce() {
    beforeCommitting = state;
    go(EntryState.COMMITTING);
  }

  /** The announced write did not take effect: it is again what it was before. */
  void giveUp() {
    if (recovered) {
      beforeCommitting = result == null ? EntryState.QUEUED : EntryState.ENRICHED;
      recovered = false;
    }
    go(beforeCommitting);
  }

  /** Notes that the row was not there under the lock; answers whether it was the second time. */
  boolean missedAgain() {
    boolean again = missedOnce;
    missedOnce = true;
    return again;
  }
}
