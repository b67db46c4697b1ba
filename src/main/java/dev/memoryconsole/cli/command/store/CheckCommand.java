package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StopOnSignal;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.mend.find.StoreCheck;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code memory-console check STORE}. */
@Command(
    name = "check",
    description = {
      "Looks through all entries for what somebody should mend, and writes nothing:",
      "blank scopes, wrong categories of mapped reflections, poor summaries, entries of one scope"
          + " with the same or almost the same text."
    })
public final class CheckCommand extends StoreCommand {
  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    Report report;
    try (StopOnSignal _ = StopOnSignal.stops(Thread.currentThread())) {
      report = StoreCheck.of(upgrades.store());
    }
    if (isJson()) {
      print(json(report));
    } else {
      text(report);
    }
    return ExitCode.DONE;
  }

  private static ObjectNode json(Report report) {
    ObjectNode node = Json.object().put("looked", report.looked());
    for (Finding finding : Finding.values()) {
      ObjectNode told = node.putObject(Json.word(finding));
      told.put("count", report.ids(finding).size());
      if (finding.isOfSeveral()) {
        ArrayNode groups = told.putArray("groups");
        for (List<Report.Found> group : groups(report, finding)) {
          ArrayNode ids = groups.addArray();
          group.forEach(memory -> ids.add(memory.id()));
        }
      } else {
        ArrayNode ids = told.putArray("ids");
        report.ids(finding).forEach(ids::add);
      }
    }
    return node;
  }

  private static List<List<Report.Found>> groups(Report report, Finding finding) {
    return report.groups().getOrDefault(finding, List.of());
  }

  private void text(Report report) {
    for (Finding finding : Finding.values()) {
      if (finding.isOfSeveral()) {
        for (List<Report.Found> group : groups(report, finding)) {
          out().println(finding.key());
          group.forEach(this::line);
        }
      } else if (!report.ids(finding).isEmpty()) {
        out().println(finding.key());
        report.found().getOrDefault(finding, List.of()).forEach(this::line);
      }
    }
    String counts =
        Stream.of(Finding.values())
            .map(finding -> "%,d %s".formatted(report.ids(finding).size(), finding.key()))
            .collect(Collectors.joining(", "));
    say("%,d entries were looked at: %s.", report.looked(), counts);
  }

  private void line(Report.Found memory) {
    say("  %s  %s", memory.id(), memory.title());
  }
}
