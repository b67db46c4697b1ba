package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.option.MetricsPortOption;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.metrics.MetricsException;
import dev.memoryconsole.settings.Monitoring;
import dev.memoryconsole.settings.SettingsCode;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.RunActivity;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.pace.BatchPace;
import java.util.Set;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Commands that start a run, wait for it and report it. */
abstract class FollowingCommand extends StoreCommand {
  private static final long WATCH_MILLIS = 20;
  private static final int OUTCOMES_AT_ONCE = 500;

  @Mixin private MetricsPortOption metricsPort;

  @Option(
      names = "--settle",
      description =
          "Stay until nothing can overwrite the writes any more, about 4 minutes after the last,"
              + " and re-apply what was overwritten; without it a later opening looks again.")
  private boolean settle;

  @Override
  protected final Services.Metrics metrics(Upgrades upgrades) {
    String typed = metricsPort.typed();
    if (typed == null) {
      return metricsOfTheSettings(upgrades);
    }
    if (typed.equalsIgnoreCase(Monitoring.OFF)) {
      return super.metrics(upgrades);
    }
    Integer port = Monitoring.portOf(typed);
    if (port == null) {
      throw usage(Wording.ENGLISH.of(SettingsCode.NO_PORT.with()));
    }
    return parent().services().serve(port, upgrades);
  }

  /** Goes on without figures if they can't be served: this command line did not ask for them. */
  private Services.Metrics metricsOfTheSettings(Upgrades upgrades) {
    Integer port = parent().services().metricsPort(parent().workspace());
    if (port == null) {
      return super.metrics(upgrades);
    }
    try {
      return parent().services().serve(port, upgrades);
    } catch (MetricsException e) {
      warn(
          "Port %d, which the settings name, is in use or not allowed, so no"
              + " figures of this command are served; it goes on without.",
          port);
      return super.metrics(upgrades);
    }
  }

  /** How a run goes about it where no option says anything. */
  final UpgradeOptions defaults() {
    return parent().services().options(parent().workspace());
  }

  /** Waits for a run and reports it; a kill by the terminal cancels it in good order. */
  final int follow(Upgrades upgrades, RunHandle run) throws InterruptedException {
    RunProgress end = untilEnd(run);
    boolean settled = false;
    if (end.verification() == Verification.VERIFIED && settle) {
      settled = settle(upgrades, run.id());
    }
    if (isJson()) {
      print(json(end, settled));
    } else {
      text(run, end, settled);
    }
    if (!run.problem().isEmpty()) {
      warn("%s", run.problem());
    }
    return exitCode(end);
  }

  @Override
  protected boolean writes() {
    return true;
  }

  /** Whether to stay until what was written is settled. */
  final boolean settles() {
    return settle;
  }

  /** Whether what a run wrote is settled; it is not if a later opening has to look again. */
  final boolean settle(Upgrades upgrades, long run) throws InterruptedException {
    for (Long due = upgrades.laterLooks().get(run);
        due != null;
        due = upgrades.laterLooks().get(run)) {
      Thread.sleep(due);
      if (upgrades.verify(run).runsToReapply().contains(run)) {
        untilEnd(upgrades.reapply(run, defaults()));
      }
    }
    return upgrades
        .run(run)
        .map(record -> record.verification() == Verification.SETTLED)
        .orElse(false);
  }

  /** Waits for a run; a kill by the terminal cancels it in good order. */
  final RunProgress untilEnd(RunHandle run) throws InterruptedException {
    Thread onSignal = new Thread(() -> cancelAndWait(run), "cancel-run");
    Runtime.getRuntime().addShutdownHook(onSignal);
    RunProgress end;
    try {
      watch(run);
      end = run.await();
    } finally {
      removeHook(onSignal);
    }
    return end;
  }

  /** Ends a run that only the admin could help, because nobody is there to; it can be resumed. */
  private void watch(RunHandle run) throws InterruptedException {
    RunActivity said = new RunActivity.Working();
    RunProgress now = run.progress();
    while (!now.state().isOver()) {
      RunActivity activity = now.activity();
      if (activity instanceof RunActivity.WaitingForModel waiting && !activity.equals(said)) {
        Long until = waiting.until();
        warn(
            "%s%s",
            waiting.reason(),
            until == null
                ? " The run was stopped; mend that and resume it."
                : " Trying again at %tT.".formatted(until));
        err().flush();
        if (until == null) {
          run.cancel();
          return;
        }
      }
      said = activity;
      Thread.sleep(WATCH_MILLIS);
      now = run.progress();
    }
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

  /** Nothing is left to do, which is no error. */
  final int nothing() {
    if (isJson()) {
      ObjectNode node = Json.object().putNull("run").put("selected", 0);
      Json.counts(node, outcome -> 0);
      node.put("elapsed_ms", 0);
      node.set("lock", Json.lock(LockSummary.NONE));
      print(node);
    } else {
      out().println("No run of this store was interrupted or cancelled; nothing was done.");
    }
    return ExitCode.DONE;
  }

  private static int exitCode(RunProgress end) {
    boolean clean =
        end.state() == RunState.COMPLETED
            && end.count(EntryState.FALLBACK) == 0
            && end.count(EntryState.FAILED) == 0
            && end.count(EntryState.STALE) == 0;
    return clean ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private static ObjectNode json(RunProgress end, boolean settled) {
    ObjectNode node = Json.object().put("run", end.run()).put("selected", end.selected());

    if (end.kind() == RunKind.UNDO || end.kind() == RunKind.MEND) {
      node.put(Json.word(aimOf(end.kind())), end.count(aimOf(end.kind())))
          .put("skipped", end.count(EntryState.SKIPPED))
          .put("failed", end.count(EntryState.FAILED))
          .put("cancelled", end.count(EntryState.CANCELLED));
      if (end.kind() == RunKind.MEND) {
        node.put("deleted", end.count(EntryState.DELETED));
      }
    } else {
      Json.counts(node, end::count);
    }
    if (end.verification() != Verification.NONE) {
      node.put("reapplied", end.reapplied())
          .put("verified", end.verification() != Verification.PENDING)
          .put("settled", settled);
    }
    node.put("elapsed_ms", end.elapsedMillis());
    node.set("lock", Json.lock(end.lock()));
    if (end.pace().reason() != BatchPace.Reason.FIXED) {
      node.set("batches", Json.pace(end.pace()));
    }
    if (end.usage().calls() > 0) {
      node.set("llm", Json.usage(end.usage()));
    }
    return node;
  }

  /** What a run of this kind wants its entries to become. */
  private static EntryState aimOf(RunKind kind) {
    return switch (kind) {
      case UPGRADE, RETRY, STAMPED, RESTORE -> EntryState.UPGRADED;
      case MEND -> EntryState.MENDED;
      case UNDO -> EntryState.UNDONE;
    };
  }

  /** How many entries became what a run of this kind wants: {@code 3 mended, 2 deleted}. */
  static String done(RunKind kind, ToIntFunction<EntryState> count) {
    String aim = "%d %s".formatted(count.applyAsInt(aimOf(kind)), Json.word(aimOf(kind)));
    int deleted = count.applyAsInt(EntryState.DELETED);
    return deleted == 0 ? aim : "%s, %d deleted".formatted(aim, deleted);
  }

  private void tellOutcomes(RunHandle run) {
    int all = run.outcomes(Set.of());
    for (int from = 0; from < all; from += OUTCOMES_AT_ONCE) {
      for (EntryOutcome outcome : run.outcomes(Set.of(), from, OUTCOMES_AT_ONCE)) {
        if (!outcome.reason().isEmpty()) {
          say("%-8s  %s  %s", Json.word(outcome.outcome()), outcome.id(), outcome.reason());
        }
      }
    }
  }

  private void text(RunHandle run, RunProgress end, boolean settled) {
    tellOutcomes(run);
    say(
        "Run %d %s: %d selected, %s, %d fallback, %d skipped, %d stale, %d failed,"
            + " %d cancelled in %.1f s.",
        end.run(),
        Json.word(end.state()),
        end.selected(),
        done(end.kind(), end::count),
        end.count(EntryState.FALLBACK),
        end.count(EntryState.SKIPPED),
        end.count(EntryState.STALE),
        end.count(EntryState.FAILED),
        end.count(EntryState.CANCELLED),
        end.elapsedMillis() / 1000.0);
    if (end.verification() != Verification.NONE) {
      say(
          "%s; %d had been overwritten by another program and were re-applied.",
          end.verification() == Verification.PENDING
              ? "Not verified yet, resume the run to do so"
              : "Verified: everything is in place",
          end.reapplied());
      if (end.verification() == Verification.VERIFIED) {
        out()
            .println(
                settled
                    ? "Settled: nothing can overwrite it any more."
                    : "A write that another program began before the run may still come: 'verify"
                        + " STORE --fix' or the next opening in the window looks at these memories"
                        + " again (--settle waits for that).");
      }
    }
    say(
        "Lock: %d acquisitions; held p50 %.2f, p99 %.2f, max %.2f ms; waited p50 %.2f, p99"
            + " %.2f, max %.2f ms.",
        end.lock().acquisitions(),
        end.lock().holds().p50(),
        end.lock().holds().p99(),
        end.lock().holds().max(),
        end.lock().waits().p50(),
        end.lock().waits().p99(),
        end.lock().waits().max());
    BatchPace pace = end.pace();
    if (pace.maxHoldMillis() > 0) {
      say(
          "Batches: %d entries at the end, for holds of at most %d ms (%s).",
          pace.rows(), pace.maxHoldMillis(), Json.word(pace.reason()).replace('_', ' '));
    }
  }
}
