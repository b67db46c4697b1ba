package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code memory-console show STORE ID}. */
@Command(name = "show", description = "Shows one entry and what happened to it.")
public final class ShowCommand extends StoreCommand {
  @Parameters(index = "1", paramLabel = "ID", description = "The entry's whole id.")
  private String id;

  @Override
  protected int run(Upgrades upgrades) {
    List<MemoryEntry> found = upgrades.store().find(List.of(id));
    if (found.isEmpty()) {
      throw refused("There is no entry " + id + " in " + store() + "; `list` shows the ids.");
    }
    MemoryEntry entry = found.getFirst();
    List<EntryRecord> history = upgrades.history(id);
    if (isJson()) {
      ObjectNode node = Json.entry(entry);
      ArrayNode array = node.putArray("history");
      history.forEach(record -> array.add(Json.entry(record)));
      print(node);
    } else {
      text(entry, history);
    }
    return ExitCode.DONE;
  }

  private void text(MemoryEntry entry, List<EntryRecord> history) {
    // Indented, so that no line of it can be taken for one of ours.
    entry.text().lines().forEach(line -> say("  %s", line));
    out().println();
    say("id          %s", entry.id());
    say("category    %s", Objects.requireNonNullElse(entry.category(), "(none)"));
    say("scope       %s", Objects.requireNonNullElse(entry.scope(), "(none)"));
    say("importance  %s", entry.importance());
    say("timestamp   %s", entry.timestamp());
    out().println("metadata");
    MetadataJson.object(entry.metadata())
        .ifPresentOrElse(
            object ->
                object
                    .properties()
                    .forEach(key -> say("  %-22s %s", key.getKey(), Json.line(key.getValue()))),
            () -> say("  %s", Objects.requireNonNullElse(entry.metadata(), "(none)")));
    for (EntryRecord record : history) {
      say("run %d: %s  %s", record.run(), Json.word(record.state()), record.reason());
    }
  }
}
