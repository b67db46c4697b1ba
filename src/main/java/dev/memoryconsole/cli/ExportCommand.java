package dev.memoryconsole.cli;

import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.exchange.Exporter;
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
final class ExportCommand extends StoreCommand {
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
  int run(Upgrades upgrades) throws InterruptedException {
    if (selection.limitsCount()) {
      throw usage("--limit can't be used with export: it always writes all that match.");
    }
    selection.resolve(upgrades.store());
    long written =
        new Exporter(Clock.systemUTC())
            .export(
                upgrades.store(),
                selection.query(),
                file,
                format == null ? ExportFormat.of(file) : format,
                force,
                count -> {});
    if (isJson()) {
      print(Json.object().put("exported", written).put("file", file.toString()));
    } else {
      out().printf("%d memories written to %s.%n", written, file);
    }
    return selection.exitCode(MemoryConsole.DONE);
  }
}
