package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.option.SelectionOptions;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.exchange.ExportReport;
import dev.memoryconsole.exchange.Exporter;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memory-console export STORE FILE}. */
@Command(name = "export", description = "Exports the entries in one of the plugin's formats.")
public final class ExportCommand extends StoreCommand {
  @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES}; otherwise JSONL if the file's name says so, else JSON.")
  private @Nullable ExportFormat format;

  @Option(names = "--force", description = "Replace the file if it is there.")
  private boolean force;

  @Mixin private SelectionOptions selection;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    if (selection.limitsCount()) {
      throw usage("--limit can't be used with export: it always writes all that match.");
    }
    String problem = selection.problem();
    if (problem != null) {
      throw usage(problem);
    }
    selection.resolve(upgrades.store());
    ExportReport report =
        new Exporter(Clock.systemUTC())
            .export(
                upgrades.store(),
                selection.query(),
                file,
                format == null ? ExportFormat.of(file) : format,
                force,
                count -> {});
    if (isJson()) {
      ObjectNode node =
          Json.object().put("exported", report.written()).put("file", file.toString());
      ArrayNode left = node.putArray("left");
      report
          .left()
          .forEach(
              row ->
                  left.addObject()
                      .put("id", row.id())
                      .put("reason", Wording.ENGLISH.of(row.reason())));
      print(node);
    } else {
      report.left().forEach(row -> out().println(Wording.ENGLISH.of(row.sentence())));
      say("%d memories written to %s; %d left out.", report.written(), file, report.left().size());
    }
    return selection.exitCode(report.left().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE);
  }
}
