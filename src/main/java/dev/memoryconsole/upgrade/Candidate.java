package dev.memoryconsole.upgrade;

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
  private volatile EntryState state = EntryState.QUEUED;
  private String title = "";
  private String text = "";
  private int attempt;
  private long startedAt;
  private boolean missedOnce;
  private @Nullable PhaseOne result;

  Candidate(int position, String id) {
    this.position = position;
    this.id = id;
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

  /** The text that was enriched. */
  String text() {
    return text;
  }

  /** Phase 1's result; null for a row that was not there when phase 1 looked. */
  @Nullable PhaseOne result() {
    return result;
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
    if (startedAt == 0) {
      startedAt = at;
    }
    attempt++;
    result = null;
    if (row != null) {
      text = row.text();
      title = Titles.of(row.text());
    }
    go(EntryState.ENRICHING);
  }

  /** Lets go of what only the work needed; a long run keeps its outcomes, not its texts. */
  void forgetWork() {
    text = "";
    result = null;
  }

  /** Remembers the row without enriching it, for its outcome's title. */
  void see(MemoryEntry row) {
    title = Titles.of(row.text());
  }

  void enriched(@Nullable PhaseOne found) {
    result = found;
    go(EntryState.ENRICHED);
  }

  /** Notes that the row was not there under the lock; answers whether it was the second time. */
  boolean missedAgain() {
    boolean again = missedOnce;
    missedOnce = true;
    return again;
  }
}
