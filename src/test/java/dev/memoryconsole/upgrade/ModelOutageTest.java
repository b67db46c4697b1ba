package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.enrich.BudgetExceededException;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A model that is down pauses a run instead of making fallbacks of the rest. */
class ModelOutageTest extends UpgradeTestBase {
  @Test
  void aRunWaitsForTheAdminWhenOnlyTheAdminCanHelp() throws Exception {
    AtomicBoolean refused = new AtomicBoolean(true);
    open(
        entry -> {
          if (refused.get()) {
            throw new ModelUnavailableException(
                Message.verbatim("The key was refused."), null, false);
          }
          return good(entry);
        });
    RunHandle run = upgrades.upgrade(addLegacy(20), PLAIN);
    await()
        .until(
            () ->
                run.progress().activity() instanceof RunActivity.WaitingForModel waiting
                    && waiting.until() == null
                    && waiting.reason().equals("The key was refused."));
    assertThat(run.progress().state()).isEqualTo(RunState.PAUSED);
    refused.set(false);
    run.resume();
    RunProgress end = run.await();
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(20);
    assertThat(end.count(EntryState.FALLBACK)).isZero();
    assertThat(end.activity()).isEqualTo(new RunActivity.Working());
  }

  @Test
  void aRunGoesOnByItselfWhenTheModelSaysWhen() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    open(
        entry -> {
          if (calls.incrementAndGet() <= 2) {
            throw new ModelUnavailableException(
                Message.verbatim("The host is down."), Duration.ofMillis(30), true);
          }
          return good(entry);
        });
    RunHandle run = upgrades.upgrade(addLegacy(20), PLAIN.withConcurrency(4));
    RunProgress end = run.await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(20);
  }

  @Test
  void anEntryThatIsTheReasonItselfGetsItsOutcome() throws Exception {
    open(
        entry -> {
          if (entry.id().equals("m0")) {
            throw new ModelUnavailableException(
                Message.verbatim("It crashed."), Duration.ofMillis(5), true);
          }
          return good(entry);
        });
    RunProgress end = upgrades.upgrade(addLegacy(3), PLAIN).await();
    assertThat(end.count(EntryState.FALLBACK)).isEqualTo(1);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(2);
    assertThat(row("m0").metadata()).contains("It crashed.");
  }

  @Test
  void theLastEntryThatIsTheReasonItselfGetsItsOutcomeToo() throws Exception {
    AtomicInteger harmless = new AtomicInteger();
    open(
        entry -> {
          if (entry.id().equals("m0")) {
            throw new ModelUnavailableException(
                Message.verbatim("It crashed."), Duration.ofMillis(5), true);
          }
          harmless.incrementAndGet();
          return good(entry);
        });
    RunProgress end = upgrades.upgrade(addLegacy(1), PLAIN).await();
    assertThat(end.count(EntryState.FALLBACK)).isEqualTo(1);
    assertThat(harmless).hasValue(1);
    assertThat(row("m0").metadata()).contains("It crashed.");
  }

  @Test
  void noEntryIsBlamedForAnOutageThatOutlastsManyProbes() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    open(
        entry -> {
          if (calls.incrementAndGet() <= 15) {
            throw new ModelUnavailableException(
                Message.verbatim("Down."), Duration.ofMillis(2), true);
          }
          return good(entry);
        });
    RunProgress end = upgrades.upgrade(addLegacy(3), PLAIN.withConcurrency(1)).await();
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(3);
    assertThat(end.count(EntryState.FALLBACK)).isZero();
  }

  @Test
  void badAnswersBeforeAPauseAreNoFallbacksButAskedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean mended = new AtomicBoolean();
    open(
        entry -> {
          int call = calls.incrementAndGet();
          if (call <= 4) {
            throw new EnrichmentException(Message.verbatim("No JSON."));
          }
          // Two are asked at once, and the sixth must prove nothing.
          if (!mended.get()) {
            throw new ModelUnavailableException(
                Message.verbatim("None of them had any."), null, true);
          }
          return good(entry);
        });
    RunHandle run = upgrades.upgrade(addLegacy(8), PLAIN.withConcurrency(2));
    await().until(() -> run.progress().activity() instanceof RunActivity.WaitingForModel);
    assertThat(run.progress().done()).isZero();
    mended.set(true);
    run.resume();
    RunProgress end = run.await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(8);
  }

  @Test
  void aGoodAnswerMakesTheBadOnesBeforeItFinal() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    open(
        entry -> {
          int call = calls.incrementAndGet();
          if (call <= 4) {
            throw new EnrichmentException(Message.verbatim("No JSON."));
          }
          if (call == 6) {
            throw new ModelUnavailableException(
                Message.verbatim("The key was refused."), null, true);
          }
          return good(entry);
        });
    RunHandle run = upgrades.upgrade(addLegacy(8), PLAIN.withConcurrency(1));
    await().until(() -> run.progress().activity() instanceof RunActivity.WaitingForModel);
    run.resume();
    RunProgress end = run.await();
    assertThat(end.count(EntryState.FALLBACK)).isEqualTo(4);
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(4);
  }

  @Test
  void aPauseByTheAdminOutlastsTheModelsOwn() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    open(
        entry -> {
          if (calls.incrementAndGet() == 1) {
            throw new ModelUnavailableException(
                Message.verbatim("Down."), Duration.ofMillis(200), false);
          }
          return good(entry);
        });
    RunHandle run = upgrades.upgrade(addLegacy(1), PLAIN);
    await().until(() -> run.progress().activity() instanceof RunActivity.WaitingForModel);
    run.pause();
    Thread.sleep(400);
    assertThat(run.progress().state()).isEqualTo(RunState.PAUSED);
    assertThat(calls).hasValue(1);
    run.cancel();
    assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void aSpentBudgetStopsTheRunAndUsageAddsUpOverAResume() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger budget = new AtomicInteger(4);
    AtomicInteger closed = new AtomicInteger();
    AtomicInteger before = new AtomicInteger();
    Enricher spending =
        new Enricher() {
          @Override
          public String name() {
            return "llm:test";
          }

          @Override
          public Enriched enrich(MemoryEntry entry) throws EnrichmentException {
            if (closed.get() == 1) {
              before.compareAndSet(0, calls.get());
            }
            if (calls.get() >= budget.get()) {
              throw new BudgetExceededException(
                  Message.verbatim("The budget of 0.04 USD is spent."));
            }
            calls.incrementAndGet();
            return good(entry);
          }

          @Override
          public ModelUsage usage() {
            // One of each run, as far as it can tell.
            int now = calls.get() - before.get();
            return new ModelUsage(now, 0, 10L * now, 0, BigDecimal.valueOf(now, 2));
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    open(spending);
    RunHandle run = upgrades.upgrade(addLegacy(6), PLAIN.withConcurrency(1));
    assertThat(run.await().state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(run.problem()).contains("budget of 0.04 USD");
    assertThat(closed).hasValue(1);
    budget.set(100);
    RunProgress end = upgrades.resume(run.id(), PLAIN).await();
    assertThat(end.count(EntryState.UPGRADED)).isEqualTo(6);
    assertThat(upgrades.run(run.id()).orElseThrow().usage().calls()).isEqualTo(6);
    assertThat(calls).hasValue(6);
  }
}
