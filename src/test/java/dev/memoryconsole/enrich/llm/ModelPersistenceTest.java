package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pausing, probing, aborting. */
@Timeout(30)
@Tag("slow")
class ModelPersistenceTest extends ModelTestBase {
  private static final String TEXT = "The team decided to use Postgres.";

  @Test
  void anEndpointThatIsDownTurnsEntriesAwayUntilAProbeSucceeds() throws Exception {
    AtomicBoolean up = new AtomicBoolean();
    Enricher enricher =
        enricher(
            x -> {
              if (up.get()) {
                x.layers(TEXT);
              } else {
                x.send(500, "");
              }
            });
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
          .isExactlyInstanceOf(EnrichmentException.class);
    }
    assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
        .isInstanceOfSatisfying(
            ModelUnavailableException.class, e -> assertThat(e.wasAsked()).isTrue());
    int calls = endpoint.calls().size();
    assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
        .isInstanceOfSatisfying(
            ModelUnavailableException.class,
            e -> {
              assertThat(e.wasAsked()).isFalse();
              assertThat(e.retryAfter()).isPresent();
            })
        .hasMessageContaining("failed (500)");
    assertThat(endpoint.calls()).hasSize(calls);
    assertThat(Fixtures.circuit(enricher).isAvailable()).isFalse();

    up.set(true);
    await().until(() -> Fixtures.circuit(enricher).untilNextProbe().orElseThrow().isZero());
    assertThat(Wording.ENGLISH.of(enricher.enrich(Fixtures.memory(TEXT)).note())).isEmpty();
    assertThat(Fixtures.circuit(enricher).isAvailable()).isTrue();
  }

  @Test
  void aRefusedKeyWaitsForTheAdmin() throws Exception {
    AtomicBoolean good = new AtomicBoolean();
    Enricher enricher =
        enricher(
            x -> {
              if (good.get()) {
                x.layers(TEXT);
              } else {
                x.send(401, "");
              }
            });
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("refused the key");
    }
    assertThat(endpoint.calls()).hasSize(1);
    assertThat(Fixtures.circuit(enricher).untilNextProbe()).isEmpty();
    good.set(true);
    enricher.tryAgain();
    assertThat(Wording.ENGLISH.of(enricher.enrich(Fixtures.memory(TEXT)).note())).isEmpty();
  }

  @Test
  void anEndpointThatStaysDownIsNotProbedForEver() throws Exception {
    ModelSettings nobodyListens;
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers(TEXT))) {
      nobodyListens = endpoint.settings();
    }
    try (Enricher enricher = Fixtures.enricher(nobodyListens)) {
      for (int probe = 0; probe < Fixtures.QUICK.mostProbes(); probe++) {
        assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
            .isInstanceOf(ModelUnavailableException.class);
        await().until(() -> Fixtures.circuit(enricher).untilNextProbe().orElseThrow().isZero());
      }
      assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
          .isInstanceOfSatisfying(
              ModelUnavailableException.class, e -> assertThat(e.retryAfter()).isEmpty())
          .hasMessageContaining("It was tried 3 times more, with pauses, in vain.");
      assertThat(Fixtures.circuit(enricher).untilNextProbe()).isEmpty();
      // The admin says that it is there again: it is asked anew.
      enricher.tryAgain();
      assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
          .isInstanceOfSatisfying(
              ModelUnavailableException.class, e -> assertThat(e.retryAfter()).isPresent());
    }
  }

  @Test
  void aProbeThatIsAskedToComeLaterComesLater() throws Exception {
    Enricher enricher =
        enricher(
            x -> {
              switch (x.number()) {
                case 1 -> x.send(401, "");
                case 2 -> x.header("Retry-After", "1800").send(503, "");
                case 3 -> x.header("Retry-After", "999999").send(429, "");
                default -> x.send(404, "");
              }
            });
    assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
        .isInstanceOf(ModelUnavailableException.class);
    for (int minutes : List.of(30, 60)) {
      enricher.tryAgain();
      assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
          .isInstanceOf(ModelUnavailableException.class);
      assertThat(Fixtures.circuit(enricher).untilNextProbe().orElseThrow())
          .isBetween(Duration.ofMinutes(minutes - 1), Duration.ofMinutes(minutes));
    }
  }

  @Test
  void theFailureThatClosesTheWayMaySayForHowLong() throws Exception {
    Enricher enricher =
        enricher(
            x -> {
              if (x.number() > 4 * Fixtures.QUICK.attempts()) {
                x.header("Retry-After", "1800");
              }
              x.send(503, "");
            });
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
          .isExactlyInstanceOf(EnrichmentException.class);
    }
    assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
        .isInstanceOf(ModelUnavailableException.class);
    assertThat(Fixtures.circuit(enricher).untilNextProbe().orElseThrow())
        .isGreaterThan(Duration.ofMinutes(29));
  }

  @Test
  void whileOneEntryProbesTheOthersWaitForIt() throws Exception {
    AtomicInteger number = new AtomicInteger();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    serve(
        x -> {
          int call = number.incrementAndGet();
          if (call == 1) {
            x.send(401, "");
            return;
          }
          int now = atOnce.incrementAndGet();
          if (call == 2) {
            Fixtures.sleep(200);
            mostAtOnce.set(atOnce.get());
          }
          x.layers(TEXT);
          atOnce.decrementAndGet();
          assertThat(now).isPositive();
        });
    Enricher enricher = opened(Fixtures.enricher(endpoint.settings()));
    ExecutorService pool = opened(Executors.newVirtualThreadPerTaskExecutor());
    assertThatThrownBy(() -> enricher.enrich(Fixtures.memory(TEXT)))
        .isInstanceOf(ModelUnavailableException.class);
    enricher.tryAgain();
    List<Future<?>> entries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      entries.add(pool.submit(() -> enricher.enrich(Fixtures.memory(TEXT))));
    }
    for (Future<?> entry : entries) {
      entry.get();
    }
    assertThat(mostAtOnce).hasValue(1);
    assertThat(endpoint.calls()).hasSize(9);
  }

  @Test
  void anInterruptAbortsACallAndLeavesNothingOpen() throws Exception {
    Enricher enricher = enricher(x -> Fixtures.sleep(10_000));
    abort(enricher, () -> !endpoint.calls().isEmpty());
  }

  @Test
  void anInterruptEndsAWaitBetweenAttempts() throws Exception {
    Enricher enricher = enricher(x -> x.header("Retry-After", "2").send(429, ""));
    abort(enricher, () -> enricher.usage().calls() == 1);
  }

  @Test
  void anInterruptEndsAWaitForTheRate() throws Exception {
    serve(x -> x.layers(TEXT));
    Enricher enricher =
        opened(
            Fixtures.enricher(
                endpoint.settings().withLimits(endpoint.settings().limits().withRates(1, 0))));
    enricher.enrich(Fixtures.memory(TEXT));
    abort(enricher, () -> true);
    assertThat(endpoint.calls()).hasSize(1);
  }

  private static void abort(Enricher enricher, java.util.concurrent.Callable<Boolean> begun) {
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread worker =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    enricher.enrich(Fixtures.memory(TEXT));
                  } catch (EnrichmentException | InterruptedException e) {
                    end.set(e);
                  }
                });
    await().until(begun);
    await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);
    worker.interrupt();
    await().until(() -> end.get() != null);
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(Fixtures.circuit(enricher).isAvailable()).isTrue();
  }
}
