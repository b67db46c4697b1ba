package dev.memoryconsole.enrich;

import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.message.Message;

/** Enriches without a model. Stateless; never fails. */
public final class SimpleEnricher implements Enricher {
  @Override
  public String name() {
    return Marker.SIMPLE;
  }

  @Override
  public boolean isInstant() {
    return true;
  }

  @Override
  public Enriched enrich(MemoryEntry entry) {
    return new Enriched(SimpleEnrichment.of(entry.text()), Message.NONE);
  }
}
