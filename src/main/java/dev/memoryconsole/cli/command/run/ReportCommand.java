package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.report.RunReports;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console report STORE}. */
@Command(
    name = "report",
    description = {
      "Writes what became of a run to a file: a page to read, a table, or both.",
      "An older file is replaced."
    })
public final class ReportCommand extends StoreCommand {
  @Option(names = "--run", paramLabel = "R", required = true, description = "The run.")
  private long run;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Files files = new Files();

  /** Where to. */
  static final class Files {
    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "A page in one file: figures, cost, lock, and what needs a look first.")
    private @Nullable Path html;

    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description = "All entries, one a line. What looks like a formula is marked as text.")
    private @Nullable Path csv;
  }

  @Override
  protected int run(Upgrades upgrades) {
    RunReports reports = new RunReports(Clock.system(ZoneId.systemDefault()), Locale.ENGLISH);
    ObjectNode answer = Json.object().put("run", run);
    Path html = files.html;
    Path csv = files.csv;
    if (html != null) {
      reports.html(upgrades, run, html);
      answer.put("html", html.toString());
    }
    if (csv != null) {
      reports.csv(upgrades, run, csv);
      answer.put("csv", csv.toString());
    }
    if (isJson()) {
      print(answer);
    } else {
      Stream.of(html, csv)
          .filter(Objects::nonNull)
          .forEach(file -> out().printf("The report of run %d is in %s.%n", run, file));
    }
    return ExitCode.DONE;
  }
}
