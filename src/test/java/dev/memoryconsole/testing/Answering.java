package dev.memoryconsole.testing;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.memory.MemoryEntry;
import java.util.concurrent.TimeUnit;

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

  /** Enriches without a model, and takes as long as a model that answers after so long. */
  public static Answering slow(String name, long millis) {
    SimpleEnricher simple = new SimpleEnricher();
    return new Answering(
        name,
        entry -> {
          TimeUnit.MILLISECONDS.sleep(millis);
          return simple.enrich(entry);
        });
  }

  @Override
  public Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException {
    return answer.to(entry);
  }
}
