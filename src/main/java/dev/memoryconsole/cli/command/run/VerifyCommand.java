package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.VerifyReport;
import dev.memoryconsole.upgrade.WriteFate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console verify STORE}. */
@Command(
    name = "verify",
    description =
        "Looks whether what runs wrote is still there, or was overwritten by another program with"
            + " an older copy.")
public final class VerifyCommand extends FollowingCommand {
  @Option(names = "--run", paramLabel = "R", description = "Only what this run wrote.")
  private @Nullable Long run;

  @Option(names = "--fix", description = "Re-apply what was overwritten.")
  private boolean fix;

  @Override
  protected boolean writes() {
    return fix;
  }

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    VerifyReport report = upgrades.verify(run);
    int reapplied = 0;
    if (fix && !report.runsToReapply().isEmpty()) {
      for (long lossy : report.runsToReapply()) {
        reapplied += reapply(upgrades.reapply(lossy, defaults()));
      }
      report = upgrades.verify(run);
    }
    if (fix && settles()) {
      for (long unsettled : upgrades.laterLooks().keySet()) {
        settle(upgrades, unsettled);
      }
      report = upgrades.verify(run);
    }
    if (isJson()) {
      print(json(report, reapplied));
    } else {
      text(report, reapplied);
    }
    boolean lost = report.count(WriteFate.OVERWRITTEN) > 0 || report.count(WriteFate.REWRITTEN) > 0;
    return lost ? ExitCode.INCOMPLETE : ExitCode.DONE;
  }

  private int reapply(RunHandle handle) throws InterruptedException {
    RunProgress end = untilEnd(handle);
    if (!handle.problem().isEmpty()) {
      warn("%s", handle.problem());
    }
    return end.reapplied();
  }

  private static ObjectNode json(VerifyReport report, int reapplied) {
    ObjectNode node = Json.object().put("checked", report.checked());
    for (WriteFate fate : WriteFate.values()) {
      node.put(Json.word(fate), report.count(fate));
    }
    node.put("reapplied", reapplied);
    ArrayNode findings = node.putArray("findings");
    for (VerifyReport.Lost lost : report.findings()) {
      findings
          .addObject()
          .put("run", lost.run())
          .put("id", lost.id())
          .put("text", lost.title())
          .put("finding", Json.word(lost.fate()));
    }
    return node;
  }

  private void text(VerifyReport report, int reapplied) {
    for (VerifyReport.Lost lost : report.findings()) {
      say("%-11s  run %d  %s  %s", Json.word(lost.fate()), lost.run(), lost.id(), lost.title());
    }
    say(
        "%d memories that runs changed: %d in place, %d overwritten, %d rewritten with another"
            + " text, %d deleted and written back, %d missing; %d re-applied.",
        report.checked(),
        report.count(WriteFate.IN_PLACE),
        report.count(WriteFate.OVERWRITTEN),
        report.count(WriteFate.REWRITTEN),
        report.count(WriteFate.RETURNED),
        report.count(WriteFate.MISSING),
        reapplied);
    if (report.count(WriteFate.OVERWRITTEN) > 0) {
      out().println("Add --fix to re-apply what was overwritten.");
    }
  }
}
