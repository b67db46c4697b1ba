package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StopOnSignal;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.lab.ContentionLab;
import dev.memoryconsole.lab.LabListener;
import dev.memoryconsole.lab.LabPlan;
import dev.memoryconsole.lab.LabResult;
import dev.memoryconsole.lab.LabTable;
import dev.memoryconsole.lab.Strategy;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console lab STORE}. */
@Command(
    name = "lab",
    description =
        "Tries ways of locking on copies of the store, beside a plugin that writes and a model that"
            + " is only played: how long the lock is held, how long the plugin waits, what it"
            + " loses. The store itself is only read.")
public final class LabCommand extends StoreCommand {
  @Option(
      names = "--entries",
      paramLabel = "N",
      defaultValue = "100",
      description = "Entries to upgrade, 1 to 10,000 (${DEFAULT-VALUE}).")
  private int entries;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "10",
      description = "Entries per lock where there are batches, 1 to 10,000 (${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--concurrency",
      paramLabel = "C",
      defaultValue = "8",
      description =
          "Entries enriched at once where no lock is held meanwhile, 1 to 1,000"
              + " (${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--llm-ms",
      paramLabel = "MS",
      defaultValue = "200",
      description = "How long the model thinks about an entry, 0 to 60,000 (${DEFAULT-VALUE}).")
  private int modelMillis;

  @Option(
      names = "--llm-failures",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "The share of entries the model fails on, 0 to 1 (${DEFAULT-VALUE}).")
  private double failures;

  @Option(
      names = "--writer-ms",
      paramLabel = "MS",
      defaultValue = "20",
      description =
          "The plugin writes once in so many milliseconds, up to 60,000; 0 for never"
              + " (${DEFAULT-VALUE}).")
  private int writerMillis;

  @Option(
      names = "--writer-timeout-ms",
      paramLabel = "MS",
      defaultValue = "5000",
      description = "How long the plugin waits before its write fails (${DEFAULT-VALUE}).")
  private int patience;

  @Option(names = "--markdown", description = "Print the table as Markdown.")
  private boolean markdown;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    LabPlan plan =
        asked(
            () ->
                new LabPlan(
                    entries,
                    batchSize,
                    concurrency,
                    modelMillis,
                    failures,
                    writerMillis,
                    patience));
    if (isJson() && markdown) {
      throw usage("Either say --json or --markdown, not both.");
    }
    ContentionLab lab = parent().services().lab(parent().workspace());
    List<LabResult> results;
    try (StopOnSignal _ = StopOnSignal.stops(Thread.currentThread())) {
      results = lab.run(upgrades.store(), plan, Arrays.asList(Strategy.values()), LabListener.NONE);
    }
    if (isJson()) {
      print(json(results));
    } else {
      out().print(markdown ? LabTable.markdown(results) : LabTable.text(results));
    }
    return ExitCode.DONE;
  }

  private static ObjectNode json(List<LabResult> results) {
    ObjectNode document = Json.object();
    ArrayNode strategies = document.putArray("strategies");
    for (LabResult result : results) {
      ObjectNode node = strategies.addObject();
      node.put("strategy", result.strategy().label()).put("acquisitions", result.acquisitions());
      node.set("hold_ms", Json.quantiles(result.holds()));
      node.set("writer_wait_ms", Json.quantiles(result.writerWaits()));
      node.put("writes", result.writes())
          .put("failed_writes", result.failedWrites())
          .put("lost_writes", result.lostWrites())
          .put("elapsed_ms", result.elapsedMillis());
    }
    return document;
  }
}
