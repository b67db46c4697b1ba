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
 * @param plans what a mend does with each of them, as JSON; empty for what is none
 * @param snapshot the name of the snapshot that a restore brings back; null for what is none
 */
public record RunPlan(
    String store,
    RunKind kind,
    String enricher,
    int batchSize,
    String onFailure,
    Set<String> scopes,
    @Nullable Long ofRun,
    List<String> ids,
    List<String> plans,
    @Nullable String snapshot) {
  /** A run that is no restore. */
  public RunPlan(
      String store,
      RunKind kind,
      String enricher,
      int batchSize,
      String onFailure,
      Set<String> scopes,
      @Nullable Long ofRun,
      List<String> ids) {
    this(store, kind, enricher, batchSize, onFailure, scopes, ofRun, ids, List.of(), null);
  }

  /** This run as a mend that does this with its entries. */
  public RunPlan withPlans(List<String> each) {
    return new RunPlan(
        store, kind, enricher, batchSize, onFailure, scopes, ofRun, ids, each, snapshot);
  }

  /** A restore of the snapshot with this name. */
  public static RunPlan restore(String store, String snapshot) {
    return new RunPlan(
        store, RunKind.RESTORE, "", 0, "", Set.of(), null, List.of(), List.of(), snapshot);
  }
}
