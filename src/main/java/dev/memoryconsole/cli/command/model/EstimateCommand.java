package dev.memoryconsole.cli.command.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.option.ModelOptions;
import dev.memoryconsole.cli.option.SelectionOptions;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.upgrade.Estimates;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code memory-console estimate STORE}. Needs no key. */
@Command(
    name = "estimate",
    description = "Says what upgrading the legacy entries, or the chosen, by a model would take.")
public final class EstimateCommand extends StoreCommand {
  @Mixin private SelectionOptions selection;

  @Mixin private ModelOptions modelOptions;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    ModelSettings model = model();
    selection.resolve(upgrades.store());
    boolean chosen = selection.hasIds() || selection.isStamped();
    List<String> ids =
        Estimates.sent(
            upgrades.store(),
            upgrades
                .store()
                .ids(
                    chosen ? selection.query() : selection.query(Set.of(MemoryState.LEGACY)),
                    selection.limit(Integer.MAX_VALUE)),
            selection.isStamped());
    Estimate estimate =
        Estimates.of(
            upgrades.store(),
            ids,
            model,
            parent().services().prices(parent().workspace()),
            read -> {});
    print(ids.size(), model, estimate);
    return selection.exitCode(ExitCode.DONE);
  }

  private ModelSettings model() {
    String problem = selection.problem();
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

  private void print(int entries, ModelSettings model, Estimate estimate) {
    BigDecimal cost = estimate.cost();
    String host = Endpoint.of(model.baseUrl()).host();
    if (isJson()) {
      ObjectNode document =
          Json.object()
              .put("entries", entries)
              .put("host", host)
              .put("model", model.model())
              .put("calls", estimate.calls())
              .put("input_tokens", estimate.inputTokens())
              .put("output_tokens", estimate.outputTokens())
              .put("cost", cost);
      print(document);
    } else {
      out()
          .printf(
              "%d entries by %s at %s: %d calls, about %d tokens in and %d out, %s.%n",
              entries,
              model.model(),
              host,
              estimate.calls(),
              estimate.inputTokens(),
              estimate.outputTokens(),
              cost == null ? "price not known" : "about $" + cost.toPlainString());
      out().println("Nothing was sent. What a reasoning model thinks first is not counted.");
    }
  }
}
