package dev.memoryconsole.upgrade;

import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.batch.RowSwap;
import dev.memoryconsole.upgrade.pace.Batching;
import java.util.Set;

/**
 * How a run enriches and commits.
 *
 * @param batching how many entries are committed under one acquisition of the store's lock
 * @param commit how rows are written
 * @param yielding whether a store that can't write them so writes batches; otherwise the run is
 *     refused
 * @param concurrency entries enriched at once, 1 to 1,000
 * @param onFailure what becomes of an entry whose model call failed
 * @param scopes only rows of these scopes are written; empty for all
 * @param snapshot whether a snapshot of the store is taken before it begins, if the settings say so
 *     too
 */
public record UpgradeOptions(
    Batching batching,
    CommitMode commit,
    boolean yielding,
    int concurrency,
    FailurePolicy onFailure,
    Set<String> scopes,
    boolean snapshot) {
  /** Batches as the lock's holds allow, eight at once, falling back to the simple enrichment. */
  public static final UpgradeOptions DEFAULT =
      new UpgradeOptions(
          Batching.DEFAULT, CommitMode.BATCH, false, 8, FailurePolicy.FALLBACK, Set.of(), true);

  /** Checks the ranges. */
  public UpgradeOptions {
    if (concurrency < 1 || concurrency > 1_000) {
      throw new IllegalArgumentException("The concurrency must be from 1 to 1,000.");
    }
    scopes = Set.copyOf(scopes);
  }

  /** Batches of a fixed size, with a snapshot. */
  public UpgradeOptions(
      int batchSize, int concurrency, FailurePolicy onFailure, Set<String> scopes) {
    this(
        new Batching.Fixed(batchSize),
        CommitMode.BATCH,
        false,
        concurrency,
        onFailure,
        scopes,
        true);
  }

  /** These options with or without a snapshot. */
  public UpgradeOptions withSnapshot(boolean taken) {
    return new UpgradeOptions(batching, commit, yielding, concurrency, onFailure, scopes, taken);
  }

  /** These options for rows of these scopes only. */
  public UpgradeOptions withScopes(Set<String> newScopes) {
    return new UpgradeOptions(
        batching, commit, yielding, concurrency, onFailure, newScopes, snapshot);
  }

  /** These options with another rule for what the model fails on. */
  public UpgradeOptions withOnFailure(FailurePolicy policy) {
    return new UpgradeOptions(batching, commit, yielding, concurrency, policy, scopes, snapshot);
  }

  /** These options with so many entries enriched at once. */
  public UpgradeOptions withConcurrency(int places) {
    return new UpgradeOptions(batching, commit, yielding, places, onFailure, scopes, snapshot);
  }

  /** These options with batches of a fixed size. */
  public UpgradeOptions withBatchSize(int size) {
    return withBatching(new Batching.Fixed(size));
  }

  /** These options with other batches. */
  public UpgradeOptions withBatching(Batching other) {
    return new UpgradeOptions(other, commit, yielding, concurrency, onFailure, scopes, snapshot);
  }

  /** These options as this store can fulfil them. */
  public UpgradeOptions on(MemoryStore store) {
    return yielding && commit == CommitMode.CAS && !(store instanceof RowSwap)
        ? withCommit(CommitMode.BATCH)
        : this;
  }

  /** These options with rows written another way; a store that can't do so refuses the run. */
  public UpgradeOptions withCommit(CommitMode mode) {
    return withCommit(mode, false);
  }

  /** These options with rows written another way in stores that can; in batches in the others. */
  public UpgradeOptions preferring(CommitMode mode) {
    return withCommit(mode, true);
  }

  private UpgradeOptions withCommit(CommitMode mode, boolean yields) {
    return new UpgradeOptions(batching, mode, yields, concurrency, onFailure, scopes, snapshot);
  }

  /** The batch size as the journal keeps it: the fixed one, or 0 if a controller finds it. */
  public int recordedRows() {
    if (commit == CommitMode.CAS) {
      return 1;
    }
    return switch (batching) {
      case Batching.Fixed(int rows) -> rows;
      case Batching.Adaptive _ -> 0;
    };
  }
}
