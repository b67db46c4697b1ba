package dev.memoryconsole.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.Set;
import picocli.CommandLine.Mixin;

/** Commands that start a run, wait for it and report it. */
abstract class RunCommand extends StoreCommand {
  @Mixin private RunOptions runOptions;

  /** The run's options; a wrong one is bad usage. */
  final UpgradeOptions options(Set<String> scopes) {
    if (!runOptions.isWithoutModel()) {
      throw usage("No language model is configured; add --no-llm to enrich without one.");
    }
    try {
      return runOptions.toOptions(scopes);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** Waits for a run and reports it; a kill by the terminal cancels it in good order. */
  final int follow(RunHandle run) throws InterruptedException {
    Thread onSignal = new Thread(() -> cancelAndWait(run), "cancel-run");
    Runtime.getRuntime().addShutdownHook(onSignal);
    RunProgress end;
    try {
      end = run.await();
    } finally {
      removeHook(onSignal);
    }
    if (isJson()) {
      print(json(end));
    } else {
      text(run, end);
    }
    if (!run.problem().isEmpty()) {
      err().println("memory-console: " + run.problem());
    }
    return exitCode(end);
  }

  private static void cancelAndWait(RunHandle run) {
    run.cancel();
    try {
      run.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running: it waits for the run's end, as it should.
    }
  }

  private static int exitCode(RunProgress end) {
    boolean clean =
        end.state() == RunState.COMPLETED
            && end.count(EntryState.FALLBACK) == 0
            && end.count(EntryState.FAILED) == 0
            && end.count(EntryState.STALE) == 0;
    return clean ? MemoryConsole.DONE : MemoryConsole.INCOMPLETE;
  }

  private static ObjectNode json(RunProgress end) {
    ObjectNode node = Json.object().put("run", end.run()).put("selected", end.selected());
    Json.counts(node, end::count);
    node.put("elapsed_ms", end.elapsedMillis());
    node.set("lock", Json.lock(end.lock()));
    return node;
  }

  private void text(RunHandle run, RunProgress end) {
    for (EntryOutcome outcome : run.outcomesFrom(0)) {
      if (!outcome.reason().isEmpty()) {
        out()
            .printf("%-8s  %s  %s%n", Json.word(outcome.outcome()), outcome.id(), outcome.reason());
      }
    }
    out()
        .printf(
            "Run %d %s: %d selected, %d upgraded, %d fallback, %d skipped, %d stale, %d failed,"
                + " %d cancelled in %.1f s.%n",
            end.run(),
            Json.word(end.state()),
            end.selected(),
            end.count(EntryState.UPGRADED),
            end.count(EntryState.FALLBACK),
            end.count(EntryState.SKIPPED),
            end.count(EntryState.STALE),
            end.count(EntryState.FAILED),
            end.count(EntryState.CANCELLED),
            end.elapsedMillis() / 1000.0);
    out()
        .printf(
            "Lock: %d acquisitions; held p50 %.2f, p99 %.2f, max %.2f ms; waited p50 %.2f, p99"
                + " %.2f, max %.2f ms.%n",
            end.lock().acquisitions(),
            end.lock().holds().p50(),
            end.lock().holds().p99(),
            end.lock().holds().max(),
            end.lock().waits().p50(),
            end.lock().waits().p99(),
            end.lock().waits().max());
  }
}
