package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.option.SelectionOptions;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradePreview;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memory-console upgrade STORE}. */
@Command(name = "upgrade", description = "Upgrades the legacy entries, or those that are chosen.")
public final class UpgradeCommand extends RunCommand {
  private static final int PREVIEW_PAGE = 500;

  @Mixin private SelectionOptions selection;

  @Option(
      names = "--dry-run",
      description = "Show what would be written, key by key, and write nothing.")
  private boolean dryRun;

  @Override
  protected boolean writes() {
    return !dryRun;
  }

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    String problem = selection.problem();
    if (problem != null) {
      throw usage(problem);
    }
    UpgradeOptions options = options(selection.scopes());
    // Chosen ids are all taken, so that each gets its outcome; without them, what is legacy.
    selection.resolve(upgrades.store());
    boolean chosen = selection.hasIds();
    EntryQuery query =
        chosen || selection.isStamped()
            ? selection.query()
            : selection.query(Set.of(MemoryState.LEGACY));
    int limit = selection.limit(Integer.MAX_VALUE);
    if (dryRun) {
      return selection.exitCode(preview(upgrades, query, limit, options));
    }
    List<String> ids = selection.ids();
    return selection.exitCode(
        follow(
            upgrades,
            ids != null && selection.isOnlyIdsAndScopes()
                ? upgrades.upgrade(ids, options)
                : upgrades.upgrade(query, limit, options)));
  }

  private int preview(Upgrades upgrades, EntryQuery query, int limit, UpgradeOptions options)
      throws InterruptedException {
    ObjectNode document = Json.object();
    ArrayNode previews = document.putArray("previews");
    int seen = 0;
    while (seen < limit) {
      List<MemoryEntry> page =
          upgrades.store().page(query, seen, Math.min(PREVIEW_PAGE, limit - seen));
      if (page.isEmpty()) {
        break;
      }
      for (MemoryEntry entry : page) {
        UpgradePreview preview = upgrades.preview(entry, options);
        if (isJson()) {
          previews.add(json(preview));
        } else {
          text(preview);
        }
      }
      seen += page.size();
    }
    if (isJson()) {
      print(document.put("selected", seen));
    } else {
      out().printf("%d entries; nothing was written.%n", seen);
    }
    return ExitCode.DONE;
  }

  private static ObjectNode json(UpgradePreview preview) {
    ObjectNode node =
        Json.object()
            .put("id", preview.id())
            .put("text", preview.title())
            .put("outcome", Json.word(preview.outcome()))
            .put("reason", preview.reason());
    node.set("diff", Json.diff(preview.diff()));
    return node;
  }

  private void text(UpgradePreview preview) {
    out().printf("%s  %s  %s%n", preview.id(), Json.word(preview.outcome()), preview.title());
    if (!preview.reason().isEmpty()) {
      out().printf("    %s%n", preview.reason());
    }
    for (KeyDiff key : preview.diff()) {
      DiffCommand.line(out(), key);
    }
  }
}
