package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.mend.TextHash;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry on its way through a run. Owned by one thread at a time; handed over through the queue
 * between the phases.
 */
public final class Candidate {
  // Longer than entries wait for their batch where nothing takes time but the writes.
  private static final long JUST_NOW_NANOS = 1_000_000_000L;

  private final int position;
  private final String id;
  private volatile EntryState state;
  private String title = "";
  private int attempt;
  private long startedAt;
  private boolean missedOnce;
  private EntryState beforeCommitting = EntryState.QUEUED;
  private @Nullable MemoryEntry seen;
  private long seenAt;
  private @Nullable EnrichmentResult result;
  private @Nullable EntryProgress kept;
  private boolean recovered;
  private int timesUnclear;
  private int timesOutdated;
  private List<Candidate> unit = List.of();
  private boolean leftOut;

  /** An entry with nothing done yet. */
  public Candidate(int position, String id) {
    this.position = position;
    this.id = id;
    this.state = EntryState.QUEUED;
  }

  /** An entry that has come so far already: left by a run that was stopped, or written by one. */
  public Candidate(EntryProgress left) {
    this.position = left.position();
    this.id = left.id();
    this.title = left.title();
    this.state = left.state();
    this.attempt = left.attempt();
    this.startedAt = left.startedAt();
    this.recovered = left.state() == EntryState.COMMITTING;
  }

  /** The place in the run, counted from 0. */
  public int position() {
    return position;
  }

  /** The memory's id. */
  public String id() {
    return id;
  }

  /** The beginning of the text, one line; empty if nobody has looked at it yet. */
  public String title() {
    return title;
  }

  /** How often it was enriched in this run. */
  public int attempt() {
    return attempt;
  }

  /** When its enrichment started first, milliseconds since 1970; 0 if it has not. */
  public long startedAt() {
    return startedAt;
  }

  /** Where it stands. */
  public EntryState state() {
    return state;
  }

  /** Phase 1's result; null for a row that was not there when phase 1 looked. */
  public @Nullable EnrichmentResult result() {
    return result;
  }

  /** What the journal kept of its way; null if that was not asked for. */
  public @Nullable EntryProgress kept() {
    return kept;
  }

  /**
   * Whether the run was stopped after this entry's write was announced, or its store did not say
   * what became of it, and nobody has looked yet whether it took effect.
   */
  public boolean isRecovered() {
    return recovered;
  }

  /** Whether this is the text that was enriched. */
  public boolean wasEnrichedFrom(String current) {
    if (seen != null) {
      return seen.text().equals(current);
    }
    return kept != null && TextHash.of(current).equals(kept.textHash());
  }

  /** Goes to the next state; a transition that the states do not allow is a bug. */
  public void go(EntryState next) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(id + " can't go from " + state + " to " + next);
    }
    state = next;
  }

  /**
   * Remembers the row that phase 1 is about to enrich.
   *
   * @param at the time, milliseconds since 1970
   * @param readAt when the row was read, as {@link System#nanoTime}
   */
  public void begin(@Nullable MemoryEntry row, long at, long readAt) {
    start(at);
    attempt++;
    result = null;
    kept = null;
    seen = row;
    seenAt = readAt;
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

  /** Notes that it is not to be enriched, because nobody has counted it. */
  public void leaveOut() {
    leftOut = true;
  }

  /** Whether it is not to be enriched. */
  public boolean isLeftOut() {
    return leftOut;
  }

  /** Lets go of what only the work needed; a long run keeps its outcomes, not its texts. */
  void forgetWork() {
    seen = null;
    result = null;
    kept = null;
  }

  /**
   * The metadata that phase 1 found, if it was another than this; empty if there was none. Null if
   * it was the same, or if phase 1 was in another process.
   */
  public @Nullable String seenBefore(@Nullable String current) {
    return seen == null || Objects.equals(seen.metadata(), current)
        ? null
        : Objects.requireNonNullElse(seen.metadata(), "");
  }

  /**
   * The row that phase 1 found, if that was so short a time ago that reading it again would hardly
   * tell anything else.
   *
   * @param now as {@link System#nanoTime}
   */
  public Optional<MemoryEntry> seenJustNow(long now) {
    return now - seenAt < JUST_NOW_NANOS ? Optional.ofNullable(seen) : Optional.empty();
  }

  /** Remembers the row for its outcome's title. */
  public void see(MemoryEntry row) {
    title = Titles.of(row.text());
  }

  /** Takes phase 1's result; null for a row that was not there. */
  public void enriched(@Nullable EnrichmentResult found) {
    result = found;
    go(EntryState.ENRICHED);
  }

  /**
   * Takes up what the journal knows of it.
   *
   * @param found the result of phase 1; null if there was none
   */
  public void restore(@Nullable EnrichmentResult found, EntryProgress from) {
    result = found;
    kept = from;
  }

  /** Remembers the write that is to be taken back; null if the journal knows of none. */
  public void takeBack(@Nullable EntryProgress write, long at) {
    start(at);
    kept = write;
    if (write != null && title.isEmpty()) {
      // Of a row that is gone nobody else can tell it.
      title = write.title();
    }
  }

  /**
   * Notes that its write was sent and nobody knows whether it took effect. The row has to tell, as
   * if the run had been stopped just then.
   *
   * @param announced what the journal keeps of that write; null if what is kept is of another run's
   * @return how often that has happened to it
   */
  public int unclear(@Nullable EntryProgress announced) {
    if (announced != null) {
      kept = announced;
    }
    recovered = true;
    return ++timesUnclear;
  }

  /** Notes that its write is announced in the journal. */
  public void announce() {
    beforeCommitting = state;
    go(EntryState.COMMITTING);
  }

  /** Goes back to what it was before its write was announced, because that took no effect. */
  public void giveUp() {
    if (recovered) {
      beforeCommitting = result == null ? EntryState.QUEUED : EntryState.ENRICHED;
      recovered = false;
    }
    go(beforeCommitting);
  }

  /** Notes that the row was not there under the lock; answers whether it was the second time. */
  public boolean missedAgain() {
    boolean again = missedOnce;
    missedOnce = true;
    return again;
  }

  /**
   * Notes which entries are written with it, in one go, or not at all; it is among them, and they
   * come one after the other.
   */
  public void belongTo(List<Candidate> entries) {
    unit = List.copyOf(entries);
  }

  /** The entries that are written together with it or not at all: as a rule itself alone. */
  public List<Candidate> unit() {
    return unit.isEmpty() ? List.of(this) : unit;
  }

  /** Whether its row was not there under the lock. */
  public boolean wasMissed() {
    return missedOnce;
  }

  /** Notes that its row was another one under the lock than before; answers how often it was. */
  public int outdated() {
    return ++timesOutdated;
  }
}
