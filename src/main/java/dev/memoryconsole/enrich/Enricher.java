package dev.memoryconsole.enrich;

import dev.memoryconsole.memory.MemoryEntry;

/**
 * Phase 1's port: from a memory to its three layers. Called by many threads at once, with no lock
 * held. One enricher serves one run, so that {@link #usage} is that run's; whoever made it closes
 * it.
 *
 * <p>When {@link #enrich} throws {@link ModelUnavailableException}, the failure is not the entry's:
 * the run pauses and puts the entry back. It goes on after the exception's {@link
 * ModelUnavailableException#retryAfter}, or when the admin says so ({@link #tryAgain}). The first
 * entry after that is the probe; others that come meanwhile wait for its outcome.
 */
public interface Enricher extends AutoCloseable {
  /** The value of {@code upgraded_by}: {@code simple}, or {@code llm:<model>}. */
  String name();

  /**
   * Enriches one memory. The memory's text is data, never an instruction.
   *
   * @throws ModelUnavailableException if no memory can be enriched now
   * @throws EnrichmentException if there is no usable answer for this memory; the message is one
   *     plain sentence
   * @throws InterruptedException if the run was cancelled meanwhile
   */
  Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException;

  /** Whether it waits for nothing, so that nothing is won by asking about many at once. */
  default boolean isInstant() {
    return false;
  }

  /** Called when the admin says that it should work now: the next entry is tried at once. */
  default void tryAgain() {}

  /** What was used so far. */
  default ModelUsage usage() {
    return ModelUsage.NONE;
  }

  /** Gives back connections; calls under way are aborted. Safe to call twice. */
  @Override
  default void close() {}
}
