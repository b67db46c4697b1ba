package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.BudgetExceededException;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.llm.limits.RateGate;
import dev.memoryconsole.settings.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rates and the budget. */
@Timeout(30)
class ModelLimitsTest extends ModelTestBase {
  private static final String TEXT = "The team decided to use Postgres.";

  @Test
  void requestsAreSpreadOverTheMinute() throws Exception {
    serve(x -> x.layers(TEXT));
    Enricher enricher =
        opened(
            Fixtures.enricher(
                endpoint.settings().withLimits(endpoint.settings().limits().withRates(600, 0))));
    long start = System.nanoTime();
    for (int i = 0; i < 11; i++) {
      enricher.enrich(Fixtures.memory(TEXT));
    }
    // Ten calls a second: the eleventh can't have begun before nine whole tenths had passed.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void tokensAreSpreadOverTheMinute() throws Exception {
    RateGate gate = new RateGate(0, 60_000);
    assertThat(gate.await(1_000)).isZero();
    Duration waited = gate.await(300);
    assertThat(waited).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aCallLargerThanASecondsWorthOfTokensStillGetsItsTurn() throws Exception {
    RateGate gate = new RateGate(0, 600_000);
    assertThat(gate.await(10_000)).isZero();
    assertThat(gate.await(15_000)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  @Test
  void theBudgetStopsBeforeACallThatWouldExceedIt() throws Exception {
    serve(x -> x.layers(TEXT));
    // Every call is reported as 100 in and 50 out: one cent and one.
    Price price = Price.of("100", "200");
    BigDecimal budget = new BigDecimal("0.205");
    try (Enricher enricher = Fixtures.enricher(endpoint.settings().withCost(price, budget))) {
      int done = 0;
      try {
        while (done < 100) {
          enricher.enrich(Fixtures.memory(TEXT));
          done++;
        }
      } catch (BudgetExceededException e) {
        assertThat(e)
            .hasMessage(
                "The budget of $0.205 is used up: $0.20 are spent and the next call would exceed"
                    + " it.");
        assertThat(e.retryAfter()).isEmpty();
      }
      assertThat(done).isEqualTo(10);
      assertThat(enricher.usage().cost()).isEqualByComparingTo("0.20");
      assertThat(enricher.usage().inputTokens()).isEqualTo(1_000);
      assertThat(enricher.usage().outputTokens()).isEqualTo(500);
      assertThat(Fixtures.circuit(enricher).isAvailable()).isTrue();
    }
  }

  @Test
  void manyAtOnceExceedTheBudgetByNoMoreThanTheCallsInFlight() throws Exception {
    serve(
        x -> {
          Fixtures.sleep(20);
          x.layers(TEXT);
        });
    Enricher enricher =
        opened(
            Fixtures.enricher(
                endpoint.settings().withCost(Price.of("100", "200"), new BigDecimal("1.00"))));
    ExecutorService pool = opened(Executors.newFixedThreadPool(16));
    List<Future<?>> entries = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      entries.add(
          pool.submit(
              () -> {
                try {
                  enricher.enrich(Fixtures.memory(TEXT));
                } catch (EnrichmentException budget) {
                  assertThat(budget).isInstanceOf(BudgetExceededException.class);
                }
                return null;
              }));
    }
    for (Future<?> entry : entries) {
      entry.get();
    }
    assertThat(enricher.usage().cost())
        .isGreaterThan(new BigDecimal("0.30"))
        .isLessThanOrEqualTo(new BigDecimal("1.32"));
  }
}
