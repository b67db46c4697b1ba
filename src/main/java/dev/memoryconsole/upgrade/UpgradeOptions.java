package dev.memoryconsole.upgrade;

import java.util.Set;

/**
 * How a run goes about it.
 *
 * @param batchSize entries per acquisition of the store's lock, 1 to 10,000
 * @param concurrency entries enriched at once, 1 to 1,000
 * @param onFailure what becomes of an entry whose model call failed
 * @param scopes only rows of these scopes are written; empty for all
 * @param snapshot whether a snapshot of the store is taken before it begins, if the settings say so
 *     too
 */
public record UpgradeOptions(
    int batchSize, int concurrency, FailurePolicy onFailure, Set<String> scopes, boolean snapshot) {
  /** Ten entries a batch, eight at once, falling back to the simple enrichment. */
  public static final UpgradeOptions DEFAULT =
      new UpgradeOptions(10, 8, FailurePolicy.FALLBACK, Set.of());

  /** What becomes of an entry that could not be enriched. */
  public enum FailurePolicy {
    /** It gets the simple enrichment, recorded as a fallback. */
    FALLBACK,
    /** It stays as it is, recorded as failed. */
    LEAVE
  }

  /** Checks the ranges. */
  public UpgradeOptions {
    if (batchSize < 1 || batchSize > 10_000) {
      throw new IllegalArgumentException("The batch size must be from 1 to 10,000.");
    }
    if (concurrency < 1 || concurrency > 1_000) {
      throw new IllegalArgumentException("The concurrency must be from 1 to 1,000.");
    }
    scopes = Set.copyOf(scopes);
  }

  /** With a snapshot. */
  public UpgradeOptions(
      int batchSize, int concurrency, FailurePolicy onFailure, Set<String> scopes) {
    this(batchSize, concurrency, onFailure, scopes, true);
  }

  /** The same, with or without a snapshot. */
  public UpgradeOptions withSnapshot(boolean taken) {
    return new UpgradeOptions(batchSize, concurrency, onFailure, scopes, taken);
  }

  /** The same, writing only rows of these scopes. */
  public UpgradeOptions withScopes(Set<String> newScopes) {
    return new UpgradeOptions(batchSize, concurrency, onFailure, newScopes, snapshot);
  }

  /** The same, enriching so many entries at once. */
  public UpgradeOptions withConcurrency(int places) {
    return new UpgradeOptions(batchSize, places, onFailure, scopes, snapshot);
  }

  /** The same with another batch size. */
  public UpgradeOptions withBatchSize(int size) {
    return new UpgradeOptions(size, concurrency, onFailure, scopes, snapshot);
  }
}
