package dev.memoryconsole.journal;

import java.util.List;
import java.util.Set;

/**
 * A run to be started.
 *
 * @param store the store's absolute path
 * @param enricher {@code simple} or {@code llm:<model>}
 * @param batchSize entries per acquisition of the lock
 * @param onFailure the failure policy's name
 * @param scopes only rows of these scopes; empty for all
 * @param ids the entries, in the run's order, without repetitions
 */
public record RunPlan(
    String store,
    RunKind kind,
    String enricher,
    int batchSize,
    String onFailure,
    Set<String> scopes,
    List<String> ids) {}
