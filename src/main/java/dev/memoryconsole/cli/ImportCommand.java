package dev.memoryconsole.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.exchange.ImportReport;
import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memory-console import STORE FILE}. */
@Command(
    name = "import",
    description =
        "Imports the plugin's export (JSON) or backup (JSON lines); makes the store if need be.")
final class ImportCommand extends StoreCommand {
  @Parameters(index = "1", paramLabel = "FILE", description = "The file to import.")
  private Path file;

  @Option(
      names = "--replace",
      description = "Replace rows whose id is there already, instead of skipping them.")
  private boolean replace;

  @Override
  Upgrades open(Services services) {
    Importer.check(file);
    return services.openOrCreate(store(), parent().workspace());
  }

  @Override
  int run(Upgrades upgrades) throws InterruptedException {
    ImportReport report =
        Importer.importFile(
            file,
            upgrades.store(),
            replace ? ExistingRows.REPLACE : ExistingRows.SKIP,
            count -> {});
    if (isJson()) {
      ObjectNode node =
          Json.object()
              .put("read", report.read())
              .put("added", report.inserted().added())
              .put("replaced", report.inserted().replaced())
              .put("skipped", report.inserted().skipped());
      ArrayNode bad = node.putArray("bad_lines");
      report
          .bad()
          .forEach(line -> bad.addObject().put("line", line.line()).put("reason", line.reason()));
      print(node);
    } else {
      report.bad().forEach(line -> out().printf("line %d: %s%n", line.line(), line.reason()));
      out()
          .printf(
              "%d read: %d added, %d replaced, %d skipped; %d bad lines.%n",
              report.read(),
              report.inserted().added(),
              report.inserted().replaced(),
              report.inserted().skipped(),
              report.bad().size());
    }
    return report.bad().isEmpty() ? MemoryConsole.DONE : MemoryConsole.INCOMPLETE;
  }
}
