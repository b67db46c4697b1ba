package dev.memoryconsole.lab;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;
import java.util.concurrent.TimeUnit;

/** Takes as long as a model would, and fails on the same entries in every trial. Thread-safe. */
final class SimulatedModel implements Enricher {
  static final String NAME = "llm:simulated";
  private static final int GRAINS = 1_000_000;
  private static final int MIX = 0x9E3779B9;

  private final long millis;
  private final double failures;

  SimulatedModel(long millis, double failures) {
    this.millis = millis;
    this.failures = failures;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
    int lot = Math.floorMod((entry.id().hashCode() * MIX) >>> 4, GRAINS);
    if (lot < failures * GRAINS) {
      throw new EnrichmentException(LabCode.SIMULATED_FAILURE.with());
    }
    return new Enriched(SimpleEnrichment.of(entry.text()), Message.NONE);
  }
}
