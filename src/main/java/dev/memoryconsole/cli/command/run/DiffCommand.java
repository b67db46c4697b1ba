package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.diff.JsonPatch;
import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.upgrade.RunDiff;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memory-console diff STORE ID}. */
@Command(
    name = "diff",
    description = "Shows what an upgrade changed in an entry's metadata, and what came later.")
public final class DiffCommand extends StoreCommand {
  @Parameters(index = "1", paramLabel = "ID", description = "The entry's whole id.")
  private String id;

  @Option(names = "--run", paramLabel = "R", description = "Of this run, not of the last.")
  private @Nullable Long run;

  @Option(
      names = "--patch",
      description =
          "Prints a JSON Patch (RFC 6902) that makes of the metadata from before the run what it"
              + " is now.")
  private boolean patch;

  @Override
  protected int run(Upgrades upgrades) {
    EntryRecord record =
        upgrades.history(id).stream()
            .filter(
                entry ->
                    (entry.written() != null || entry.state() == EntryState.DELETED)
                        && entry.state().isOutcome()
                        && (run == null || run == entry.run()))
            .findFirst()
            .orElseThrow(
                () ->
                    refused(
                        "No run"
                            + (run == null ? "" : " " + run)
                            + " of this workspace wrote to "
                            + id
                            + "; `show` has what is in the store."));
    List<MemoryEntry> now = upgrades.store().find(List.of(id));
    List<KeyDiff> diff = RunDiff.of(record, now.isEmpty() ? null : now.getFirst());
    if (patch) {
      say("%s", Json.line(JsonPatch.of(diff)));
      return ExitCode.DONE;
    }
    if (isJson()) {
      ObjectNode node = Json.object().put("id", id).put("run", record.run());
      node.put("deleted", now.isEmpty());
      node.set("diff", Json.diff(diff));
      print(node);
    } else {
      say("%s, run %d: %s", id, record.run(), record.title());
      diff.forEach(key -> line(out(), key));
      if (diff.isEmpty() && !record.reason().isEmpty()) {
        say("  %s", record.reason());
      }
    }
    return ExitCode.DONE;
  }

  /** One key as one line, each value with whose it is. */
  static void line(PrintWriter out, KeyDiff key) {
    String name = key.label();
    switch (key.kind()) {
      case ADDED -> out.printf("  + %s: %s%n", name, key.written());
      case REMOVED -> out.printf("  - %s: %s%n", name, key.before());
      case CHANGED -> out.printf("  ~ %s: %s -> %s%n", name, key.before(), key.written());
      case KEPT -> out.printf("    %s: %s%n", name, key.now());
      case WRITTEN_MEANWHILE, WRITTEN_OVER, WRITTEN_LATER ->
          out.printf(
              "  * %s: %s%n",
              name,
              key.steps().stream().map(DiffCommand::words).collect(Collectors.joining(" -> ")));
    }
  }

  private static String words(KeyDiff.Step step) {
    String value = step.value() == null ? "(nothing)" : step.value();
    return switch (step.part()) {
      case BEFORE -> value;
      case MEANWHILE -> "meanwhile written by somebody else: " + value;
      case ENRICHMENT -> "by the run: " + value;
      case LATER -> "later written by somebody else: " + value;
    };
  }
}
