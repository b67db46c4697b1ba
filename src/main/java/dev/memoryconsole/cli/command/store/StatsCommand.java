package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code memory-console stats STORE}. */
@Command(name = "stats", description = "Counts the entries by state, category and scope.")
public final class StatsCommand extends StoreCommand {
  @Override
  protected int run(Upgrades upgrades) {
    StoreStats stats = upgrades.store().stats();
    if (isJson()) {
      ObjectNode node =
          Json.object()
              .put("total", stats.total())
              .put("legacy", stats.legacy())
              .put("upgraded", stats.upgraded())
              .put("fallback", stats.fallback())
              .put("stamped", stats.stamped())
              .put("corpus", stats.corpus());
      stats.byCategory().forEach(node.putObject("by_category")::put);
      stats.byScope().forEach(node.putObject("by_scope")::put);
      print(node);
    } else {
      say(
          "%d memories: %d legacy, %d upgraded, %d fallback",
          stats.total(), stats.legacy(), stats.upgraded(), stats.fallback());
      if (stats.stamped() > 0) {
        say(
            "%d more are possibly legacy: they look upgraded and probably never were; upgrade"
                + " them with: memory-console upgrade %s --possibly-legacy",
            stats.stamped(), store());
      }
      if (stats.corpus() > 0) {
        say(
            "%d more are kept in step with files by the plugin's corpus indexer; they are never"
                + " upgraded.",
            stats.corpus());
      }
      table("Category", stats.byCategory());
      table("Scope", stats.byScope());
    }
    return ExitCode.DONE;
  }

  private void table(String title, Map<String, Long> counts) {
    out().println(title);
    counts.forEach((name, count) -> say("  %-24s %8d", name.isEmpty() ? "(none)" : name, count));
  }
}
