package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.option.SelectionOptions;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memory-console list STORE}. */
@Command(name = "list", description = "Lists entries, newest first.")
public final class ListCommand extends StoreCommand {
  private static final int DEFAULT_LIMIT = 50;

  @Mixin private SelectionOptions selection;

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = "Only these states: ${COMPLETION-CANDIDATES}.")
  private @Nullable List<MemoryState> states;

  @Option(names = "--offset", paramLabel = "N", description = "Leave out the first N.")
  private int offset;

  @Override
  protected int run(Upgrades upgrades) {
    String problem = offset < 0 ? "--offset must be 0 or more." : selection.problem();
    if (problem != null) {
      throw usage(problem);
    }
    selection.resolve(upgrades.store());
    EntryQuery query = selection.query(states == null ? Set.of() : Set.copyOf(states));
    List<MemoryEntry> page = upgrades.store().page(query, offset, selection.limit(DEFAULT_LIMIT));
    if (isJson()) {
      ObjectNode document = Json.object().put("total", upgrades.store().count(query));
      ArrayNode entries = document.putArray("entries");
      page.forEach(entry -> entries.add(Json.entry(entry)));
      print(document);
    } else {
      for (MemoryEntry entry : page) {
        say(
            "%-36s  %-8s  %-10s  %-14s  %s",
            entry.id(),
            Json.word(LegacyRule.stateOf(entry)),
            Objects.requireNonNullElse(entry.category(), ""),
            Objects.requireNonNullElse(entry.scope(), ""),
            Titles.of(entry.text()));
      }
      // Counting many takes longer than what was asked for.
      out().flush();
      say("%d of %d entries.", page.size(), upgrades.store().count(query));
    }
    return selection.exitCode(ExitCode.DONE);
  }
}
