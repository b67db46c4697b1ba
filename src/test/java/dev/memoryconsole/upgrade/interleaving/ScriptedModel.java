package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.upgrade.interleaving.Schedule.Place;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A model whose every answer can be told from all others. */
final class ScriptedModel implements Enricher {
  private final int engine;
  private final AtomicInteger numbers;
  private final History history;
  private volatile Gates gates = Gates.NOBODY;
  private volatile Set<Integer> failures = Set.of();

  ScriptedModel(int engine, AtomicInteger numbers, History history) {
    this.engine = engine;
    this.numbers = numbers;
    this.history = history;
  }

  static String name(int engine) {
    return "llm:" + engine;
  }

  void play(Gates newGates, Set<Integer> newFailures) {
    gates = newGates;
    failures = newFailures;
  }

  @Override
  public String name() {
    return name(engine);
  }

  @Override
  public Enriched enrich(MemoryEntry entry) throws EnrichmentException {
    int number = numbers.incrementAndGet();
    MemoryCategory chosen = category(number);
    int turn = gates.reached(Place.ENRICHING);
    boolean failed = failures.contains(turn);
    history.calls.put(
        number, new History.Call(number, engine, entry.id(), entry.text(), chosen, failed));
    if (failed) {
      throw new EnrichmentException(Message.verbatim(Law.failure(number)));
    }
    return new Enriched(
        new Enrichment(
            Law.layer("Abstract", number),
            Law.layer("- Overview", number),
            Law.layer("Content", number),
            chosen),
        Message.NONE);
  }

  /** Every third answer has a category of its own. */
  private static @Nullable MemoryCategory category(int number) {
    List<MemoryCategory> all = List.of(MemoryCategory.values());
    return number % 3 == 0 ? all.get(number / 3 % all.size()) : null;
  }
}
