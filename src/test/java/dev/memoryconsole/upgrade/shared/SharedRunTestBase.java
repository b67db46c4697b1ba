package dev.memoryconsole.upgrade.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A table, and consoles as on machines of their own. */
@Tag("postgres")
abstract class SharedRunTestBase {
  static final int ROWS = 120;
  static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT.withConcurrency(4).withBatchSize(5);

  @TempDir Path folder;
  SharedTable table;
  final List<Console> consoles = new ArrayList<>();
  final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  @BeforeEach
  void makeTable() throws SQLException {
    table = new SharedTable(ROWS);
  }

  @AfterEach
  void close() {
    consoles.forEach(Console::close);
    table.close();
  }

  Console console(Duration lease) {
    return console(lease, entry -> {});
  }

  interface Meanwhile {
    void happens(MemoryEntry entry) throws InterruptedException;
  }

  /** A model, as far as the engine can tell, that is asked about each memory. */
  Console console(Duration lease, Meanwhile meanwhile) {
    Enricher simple = new SimpleEnricher();
    Enricher model =
        new Enricher() {
          @Override
          public String name() {
            return "llm:m";
          }

          @Override
          public Enriched enrich(MemoryEntry entry) throws InterruptedException {
            asked.computeIfAbsent(entry.id(), _ -> new AtomicInteger()).incrementAndGet();
            meanwhile.happens(entry);
            try {
              return simple.enrich(entry);
            } catch (dev.memoryconsole.enrich.EnrichmentException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    Console console =
        Console.open(
            table.url(),
            folder.resolve("journal" + consoles.size() + ".db"),
            Enrichers.of(model),
            lease);
    consoles.add(console);
    return console;
  }

  static final Duration LONG = Duration.ofMinutes(2);

  static long share(Console console) {
    return console.upgrades().share(console.plan(), OPTIONS, TeamTerms.NONE);
  }

  void everyRowIsWrittenOnce() throws SQLException {
    assertThat(table.metadata())
        .hasSize(ROWS)
        .allSatisfy((_, json) -> assertThat(json).contains("\"count\"", "\"upgraded_by\""));
    assertThat(table.writes()).allSatisfy((_, writes) -> assertThat(writes).isEqualTo("1"));
  }
}
