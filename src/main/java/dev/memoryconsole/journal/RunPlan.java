package dev.memoryconsole.journal;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run to be started.
 *
 * @param store the store's absolute path
 * @param enricher {@code simple} or {@code llm:<model>}
 * @param batchSize entries per acquisition of the lock; 0 if a controller found it
 * @param onFailure the failure policy's name
 * @param scopes only rows of these scopes; empty for all
 * @param ofRun the run that an undo takes back; null for what is no undo
 * @param ids the entries, in the run's order, without repetitions
 */
public record RunPlan(
    String store,
    RunKind kind,
    String enricher,
    int batchSize,
    String onFailure,
    Set<String> scopes,
    @Nullable Long ofRun,
    List<String> ids) {}
