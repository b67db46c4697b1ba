package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.llm.limits.Circuit;
import dev.memoryconsole.enrich.llm.limits.Persistence;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.settings.ModelLimits;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.SystemKeychain;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** What the tests of the model share. */
final class Fixtures {
  static final Persistence QUICK =
      new Persistence(
          3,
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(2),
          5,
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          3);
  static final ModelLimits SHORT =
      ModelLimits.DEFAULT.withTimes(Duration.ofMillis(500), Duration.ofSeconds(5));

  private Fixtures() {}

  static Models models(Map<String, String> environment) {
    return new Models(
        new KeyLookup(environment::get, SystemKeychain.ofThisSystem()), Clock.systemUTC(), QUICK);
  }

  static Enricher enricher(ModelSettings settings) throws Exception {
    return models(Map.of()).enricher(settings, PriceTable.with(Map.of()));
  }

  /** What keeps a model's enricher from asking an endpoint that is down. */
  static Circuit circuit(Enricher enricher) {
    return ((LlmEnricher) enricher).circuit;
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a trial of these settings says in English; empty if nothing is wrong. */
  static String problem(Models models, ModelSettings settings) throws Exception {
    return Wording.ENGLISH.of(models.testConnection(settings).problem());
  }

  static MemoryEntry memory(String text) {
    return new MemoryEntry("id-1", text, "decision", "global", 0.5, 1L, null, 1);
  }
}
