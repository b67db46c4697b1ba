package dev.memoryconsole.testing;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.memory.MemoryEntry;

/**
 * An enricher whose answers a test decides.
 *
 * @param name what it is called, such as {@code llm:test}
 * @param answer what it says to a memory
 */
public record Answering(String name, Answer answer) implements Enricher {
  /** What is said to a memory. */
  @FunctionalInterface
  public interface Answer {
    Enriched to(MemoryEntry entry) throws EnrichmentException, InterruptedException;
  }

  @Override
  public Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException {
    return answer.to(entry);
  }
}
