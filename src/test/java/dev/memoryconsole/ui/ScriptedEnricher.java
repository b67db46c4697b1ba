package dev.memoryconsole.ui;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Enriches as the test says: fails on some ids, and waits for permits if it is held. */
public final class ScriptedEnricher implements Enricher {
  private final Enricher simple = new SimpleEnricher();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Semaphore permits = new Semaphore(0);
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean held;
  private volatile String name = "llm:demo-model";

  public void named(String newName) {
    name = newName;
  }

  public void fail(String id, String reason) {
    failures.put(id, reason);
  }

  public void succeed(String id) {
    failures.remove(id);
  }

  /** From now on every enrichment waits for a permit. */
  public void hold() {
    held = true;
  }

  /** How many enrichments wait for a permit now. */
  public int waiting() {
    return waiting.get();
  }

  public void permit(int count) {
    permits.release(count);
  }

  public void release() {
    held = false;
    permits.release(1_000_000);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException {
    if (held) {
      waiting.incrementAndGet();
      try {
        permits.acquire();
      } finally {
        waiting.decrementAndGet();
      }
    }
    String reason = failures.get(entry.id());
    if (reason != null) {
      throw new EnrichmentException(Message.verbatim(reason));
    }
    return simple.enrich(entry);
  }
}
