package dev.memoryconsole.journal;

import dev.memoryconsole.lock.LockSummary;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as the journal knows it.
 *
 * @param id counted from 1, over all stores
 * @param store the store's absolute path
 * @param enricher {@code simple} or {@code llm:<model>}
 * @param batchSize entries per acquisition of the lock
 * @param scopes only rows of these scopes; empty for all
 * @param selected how many entries it has
 * @param startedAt milliseconds since 1970
 * @param finishedAt milliseconds since 1970; null while it runs or when it was interrupted by a
 *     kill
 * @param elapsedMillis time at work, without pauses
 * @param counts how many entries ended in each outcome so far; outcomes without entries are left
 *     out
 * @param lock its acquisitions of the store's lock
 */
public record RunRecord(
    long id,
    String store,
    RunKind kind,
    String enricher,
    int batchSize,
    Set<String> scopes,
    int selected,
    RunState state,
    long startedAt,
    @Nullable Long finishedAt,
    long elapsedMillis,
    Map<EntryState, Integer> counts,
    LockSummary lock) {

  /** How many entries ended in this outcome. */
  public int count(EntryState outcome) {
    return counts.getOrDefault(outcome, 0);
  }
}
