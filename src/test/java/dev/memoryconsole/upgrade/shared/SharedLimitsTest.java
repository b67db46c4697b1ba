package dev.memoryconsole.upgrade.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.enrich.llm.ModelSettingsException;
import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Price;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all who work on a run may use of a model holds over all of them. */
@Tag("postgres")
class SharedLimitsTest {
  private static final int ROWS = 60;
  private static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT.withConcurrency(2);

  @TempDir private Path folder;

  /** Each call takes so many tokens of a dollar for a thousand. */
  private static FakeEndpoint endpoint() {
    return new FakeEndpoint(
        exchange ->
            exchange.send(
                200,
                FakeEndpoint.chat(
                    FakeEndpoint.layers("A line.", "- A line.", "", "cases"), "stop", 90, 10)));
  }

  private static Enrichers asking(FakeEndpoint endpoint) {
    ModelSettings settings =
        endpoint
            .settings()
            .withCost(new Price(BigDecimal.valueOf(1_000), BigDecimal.valueOf(1_000)), null);
    Models models = new Models(KeyLookup.system(), Clock.systemUTC());
    return new Enrichers() {
      @Override
      public String name() {
        return "llm:" + settings.model();
      }

      @Override
      public Enricher open() {
        return open(Allowance.UNSHARED);
      }

      @Override
      public Enricher open(Allowance allowance) {
        try {
          return models.enricher(settings, PriceTable.with(Map.of()), allowance);
        } catch (ModelSettingsException e) {
          throw new IllegalStateException(e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private Console console(SharedTable table, FakeEndpoint endpoint, String name) {
    return Console.open(table.url(), folder.resolve(name), asking(endpoint), Duration.ofMinutes(2));
  }

  /** Both work until the budget, or the run, is at its end. */
  private static RunRecord together(Console one, Console other, TeamTerms terms)
      throws InterruptedException {
    long run = one.upgrades().share(one.plan(), OPTIONS, terms);
    List<RunHandle> parts = new ArrayList<>();
    parts.add(one.upgrades().work(run, OPTIONS));
    parts.add(other.upgrades().work(run, OPTIONS));
    for (RunHandle part : parts) {
      part.await();
      if (terms.budget() != null) {
        assertThat(part.problem()).contains("budget of $2.50");
      }
    }
    return one.upgrades().run(run).orElseThrow();
  }

  @Test
  void aBudgetIsOfAllTogether() throws Exception {
    try (SharedTable table = new SharedTable(ROWS);
        FakeEndpoint endpoint = endpoint();
        Console one = console(table, endpoint, "one.db");
        Console other = console(table, endpoint, "other.db")) {
      BigDecimal budget = new BigDecimal("2.5");
      RunRecord run = together(one, other, new TeamTerms(budget, 0, 0));

      // Ten cents each, also for those whose answer nobody waited for.
      BigDecimal spent = new BigDecimal(endpoint.calls().size()).movePointLeft(1);
      assertThat(spent).isLessThanOrEqualTo(budget).isGreaterThan(BigDecimal.ONE);
      assertThat(run.usage().cost()).isPositive().isLessThanOrEqualTo(spent);
      // What was paid for is kept, written or not yet.
      Set<EntryState> answered =
          Set.of(EntryState.ENRICHED, EntryState.COMMITTING, EntryState.UPGRADED);
      assertThat(one.upgrades().entries(run.id(), answered, 0, ROWS))
          .hasSizeBetween(10, endpoint.calls().size());
      assertThat(run.isResumable()).isTrue();
    }
  }

  @Test
  void ratesAreOfAllTogether() throws Exception {
    try (SharedTable table = new SharedTable(ROWS);
        FakeEndpoint endpoint = endpoint();
        Console one = console(table, endpoint, "one.db");
        Console other = console(table, endpoint, "other.db")) {
      int perMinute = 1_200;
      long begun = System.nanoTime();
      RunRecord run = together(one, other, new TeamTerms(null, perMinute, 0));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertThat(run.count(EntryState.UPGRADED)).isEqualTo(ROWS);
      // However slow the machine: nobody can be faster than this.
      assertThat(took)
          .isGreaterThan(Duration.ofMinutes(1).multipliedBy(ROWS - 1).dividedBy(perMinute));
    }
  }
}
