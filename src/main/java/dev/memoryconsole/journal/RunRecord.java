package dev.memoryconsole.journal;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.lock.figures.LockSummary;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as the journal knows it.
 *
 * @param id counted from 1, over all stores
 * @param store the store's absolute path
 * @param ofRun the run that this one took back; null if it is no undo
 * @param enricher {@code simple} or {@code llm:<model>}; empty for a restore
 * @param batchSize entries per acquisition of the lock; 0 if a controller found it
 * @param scopes only rows of these scopes; empty for all
 * @param selected how many entries it has
 * @param startedAt milliseconds since 1970
 * @param finishedAt milliseconds since 1970; null while it runs or when it was interrupted by a
 *     kill
 * @param elapsedMillis time at work, without pauses
 * @param counts how many entries ended in each outcome so far; outcomes without entries are left
 *     out
 * @param lock its acquisitions of the store's lock since it was started or last resumed
 * @param usage what it has used of a model
 * @param verification how far it is known that its writes stayed
 * @param reapplied how many of its entries had to be written again
 * @param owner the process at work on it, or the last that was
 * @param restore what it brings back; null if it is no restore
 */
public record RunRecord(
    long id,
    String store,
    RunKind kind,
    @Nullable Long ofRun,
    String enricher,
    int batchSize,
    Set<String> scopes,
    int selected,
    RunState state,
    long startedAt,
    @Nullable Long finishedAt,
    long elapsedMillis,
    Map<EntryState, Integer> counts,
    LockSummary lock,
    ModelUsage usage,
    Verification verification,
    int reapplied,
    Owner owner,
    @Nullable Restore restore) {

  /**
   * The process at work on a run.
   *
   * @param pid its process id, for the admin's eyes: in a namespace of its own it means another
   *     process there
   * @param isSelf whether it is this one
   */
  public record Owner(long pid, boolean isSelf) {}

  /**
   * What a run that is a restore is about.
   *
   * @param snapshot the name of the snapshot that it brings back
   * @param safetyCopy the name of the snapshot that holds what was there before; null if nothing
   *     has taken effect so far, or, in a run that is over, at all
   */
  public record Restore(String snapshot, @Nullable String safetyCopy) {}

  /** Whether it was stopped before every entry had its outcome and was verified, and can go on. */
  public boolean isResumable() {
    int open = selected - counts.values().stream().mapToInt(Integer::intValue).sum();
    return (state == RunState.INTERRUPTED || state == RunState.CANCELLED)
        && (open + count(EntryState.CANCELLED) > 0 || verification == Verification.PENDING);
  }

  /** How many entries ended in this outcome. */
  public int count(EntryState outcome) {
    return counts.getOrDefault(outcome, 0);
  }
}
