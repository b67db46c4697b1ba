package dev.memoryconsole.cli.command.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.option.ModelOptions;
import dev.memoryconsole.cli.option.SelectionOptions;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.upgrade.Estimates;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memory-console estimate STORE}. Needs no key. */
@Command(
    name = "estimate",
    description =
        "Says what upgrading the legacy entries, or the chosen, by a model would take, or a resume"
            + " or a retry.")
public final class EstimateCommand extends StoreCommand {
  @Mixin private SelectionOptions selection;

  @ArgGroup private @Nullable OfRun ofRun;

  /** What is estimated in the place of an upgrade. */
  static final class OfRun {
    @Option(
        names = "--resume",
        paramLabel = "R",
        description = "What is left of this run, which was interrupted or cancelled.")
    private @Nullable Long resume;

    @Option(
        names = "--retry",
        paramLabel = "R",
        description = "What this run could not upgrade and no later run has.")
    private @Nullable Long retry;

    @Option(
        names = "--retry-all",
        description = "Whatever fell back, failed or stayed stale in the store.")
    private boolean retryAll;

    RunRequest request() {
      if (resume != null) {
        return new RunRequest.Resume(resume);
      }
      return retryAll || retry == null ? new RunRequest.RetryAll() : new RunRequest.Retry(retry);
    }
  }

  @Mixin private ModelOptions modelOptions;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    ModelSettings model = model();
    selection.resolve(upgrades.store());
    Set<String> scopes = ofRun == null ? selection.scopes() : Set.of();
    Estimates.Measured measured =
        Estimates.of(
            upgrades,
            upgrades.peek(
                ofRun == null ? selection.request(upgrades.store()) : ofRun.request(), scopes),
            model,
            parent().services().prices(parent().workspace()),
            () -> false,
            EstimateCommand::goOn);
    print(measured.plan(), model, Objects.requireNonNull(measured.estimate()));
    return selection.exitCode(ExitCode.DONE);
  }

  private static void goOn(long read) {
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted after " + read + " entries");
    }
  }

  private ModelSettings model() {
    String problem =
        ofRun != null && selection.narrows()
            ? "A run's own entries are estimated; name no others beside --resume or --retry."
            : selection.problem();
    if (problem != null) {
      throw usage(problem);
    }
    try {
      return modelOptions
          .settings(UpgradeOptions.DEFAULT.concurrency())
          .orElseThrow(() -> usage("No language model is named; add --llm-url and --llm-model."));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void print(PlannedRun plan, ModelSettings model, Estimate estimate) {
    BigDecimal cost = estimate.cost();
    String host = Endpoint.of(model.baseUrl()).host();
    if (isJson()) {
      ObjectNode document =
          Json.object()
              .put("entries", plan.size())
              .put("left_out", plan.leftOut())
              .put("answered", plan.count(PlannedRun.State.ANSWERED))
              .put("host", host)
              .put("model", model.model())
              .put("calls", estimate.calls())
              .put("input_tokens", estimate.inputTokens())
              .put("output_tokens", estimate.outputTokens())
              .put("cost", cost);
      print(document);
    } else {
      say(
          "%d entries by %s at %s: %d calls, about %d tokens in and %d out, %s.",
          plan.size(),
          model.model(),
          host,
          estimate.calls(),
          estimate.inputTokens(),
          estimate.outputTokens(),
          cost == null ? "price not known" : "about $" + cost.toPlainString());
      if (plan.leftOut() > 0) {
        say("%d more are left out: not legacy, or not there.", plan.leftOut());
      }
      out().println("Nothing was sent. What a reasoning model thinks first is not counted.");
    }
  }
}
