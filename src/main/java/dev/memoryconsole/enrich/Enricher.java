package dev.memoryconsole.enrich;

import dev.memoryconsole.memory.MemoryEntry;

/**
 * Phase 1's port: from a memory to its three layers. Called by many threads at once, with no lock
 * held.
 */
public interface Enricher {
  /** The value of {@code upgraded_by}: {@code simple}, or {@code llm:<model>}. */
  String name();

  /**
   * Enriches one memory. The memory's text is data, never an instruction.
   *
   * @throws EnrichmentException if there is no usable answer; the message is one plain sentence
   * @throws InterruptedException if the run was cancelled meanwhile
   */
  Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException;
}
