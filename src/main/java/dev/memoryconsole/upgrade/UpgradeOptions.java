package dev.memoryconsole.upgrade;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.pace.Batching;
import java.util.Set;

/**
 * How a run goes about it.
 *
 * @param batching how many entries are committed under one acquisition of the store's lock
 * @param commit how rows are written
 * @param concurrency entries enriched at once, 1 to 1,000
 * @param onFailure what becomes of an entry whose model call failed
 * @param scopes only rows of these scopes are written; empty for all
 * @param snapshot whether a snapshot of the store is taken before it begins, if the settings say so
 *     too
 */
public record UpgradeOptions(
    Batching batching,
    CommitMode commit,
    int concurrency,
    FailurePolicy onFailure,
    Set<String> scopes,
    boolean snapshot) {
  /** Batches as the lock's holds allow, eight at once, falling back to the simple enrichment. */
  public static final UpgradeOptions DEFAULT =
      new UpgradeOptions(
          Batching.DEFAULT, CommitMode.BATCH, 8, FailurePolicy.FALLBACK, Set.of(), true);

  /** What becomes of an entry that could not be enriched. */
  public enum FailurePolicy {
    /** It gets the simple enrichment, recorded as a fallback. */
    FALLBACK,
    /** It stays as it is, recorded as failed. */
    LEAVE
  }

  /** How rows are written. */
  public enum CommitMode {
    /** A batch under one lock: lock, re-read, merge, write, release. */
    BATCH,
    /** Each row by itself, where its version is still the one that was read; else merged again. */
    CAS,
    /** A wish for all stores: as {@link #CAS} where rows have versions, else {@link #BATCH}. */
    CAS_WHERE_POSSIBLE
  }

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
    this(new Batching.Fixed(batchSize), CommitMode.BATCH, concurrency, onFailure, scopes, true);
  }

  /** The same, with or without a snapshot. */
  public UpgradeOptions withSnapshot(boolean taken) {
    return new UpgradeOptions(batching, commit, concurrency, onFailure, scopes, taken);
  }

  /** The same, writing only rows of these scopes. */
  public UpgradeOptions withScopes(Set<String> newScopes) {
    return new UpgradeOptions(batching, commit, concurrency, onFailure, newScopes, snapshot);
  }

  /** The same with another rule for what the model fails on. */
  public UpgradeOptions withOnFailure(FailurePolicy policy) {
    return new UpgradeOptions(batching, commit, concurrency, policy, scopes, snapshot);
  }

  /** The same, enriching so many entries at once. */
  public UpgradeOptions withConcurrency(int places) {
    return new UpgradeOptions(batching, commit, places, onFailure, scopes, snapshot);
  }

  /** The same with batches of a fixed size. */
  public UpgradeOptions withBatchSize(int size) {
    return withBatching(new Batching.Fixed(size));
  }

  /** The same with other batches. */
  public UpgradeOptions withBatching(Batching other) {
    return new UpgradeOptions(other, commit, concurrency, onFailure, scopes, snapshot);
  }

  /** The same for this store: a wish that it can't fulfil has given way. */
  public UpgradeOptions on(MemoryStore store) {
    return commit == CommitMode.CAS_WHERE_POSSIBLE
        ? withCommit(store.rowSwap().isPresent() ? CommitMode.CAS : CommitMode.BATCH)
        : this;
  }

  /** The same, written another way. */
  public UpgradeOptions withCommit(CommitMode mode) {
    return new UpgradeOptions(batching, mode, concurrency, onFailure, scopes, snapshot);
  }

  /** What the journal keeps of the batches' size: the fixed one, 0 for none. */
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
