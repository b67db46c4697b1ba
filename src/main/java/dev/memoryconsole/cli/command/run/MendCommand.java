package dev.memoryconsole.cli.command.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.option.BatchOptions;
import dev.memoryconsole.cli.option.SelectionOptions;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendException;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.mend.find.MappedReflection;
import dev.memoryconsole.mend.find.StoreCheck;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memory-console mend STORE}. */
@Command(
    name = "mend",
    description = {
      "Sets fields of many entries at once: archives them, moves them to another scope, and so on;"
          + " or deletes them.",
      "A run like any other: an entry that somebody changes meanwhile is left out, and 'undo' takes"
          + " it back."
    })
public final class MendCommand extends FollowingCommand {
  @Mixin private SelectionOptions selection;

  @Mixin private BatchOptions batches;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description =
          "What to set; repeatable. state=pending|confirmed|archived, tier=core|working|peripheral,"
              + " importance=0 to 1, scope=SCOPE, category=CATEGORY (the column),"
              + " memory_category=profile|preferences|entities|events|cases|patterns.")
  private @Nullable List<String> assignments;

  @Option(
      names = "--delete",
      description =
          "Delete the entries. The journal keeps each of them whole, its vector too: 'undo' puts it"
              + " back as it was.")
  private boolean delete;

  @Option(
      names = "--found",
      paramLabel = "FINDING",
      description =
          "Only what 'check' finds: blank-scope, mapped-category or poor-summary. With"
              + " mapped-category and without --set, the categories that each should have.")
  private @Nullable String found;

  @Option(
      names = "--dry-run",
      description = "Show what would be changed, entry by entry, and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--yes",
      paramLabel = "N",
      description =
          "Do it, if N entries would be changed; without this, or if there are more or fewer by"
              + " now, nothing is.")
  private @Nullable Integer expected;

  @Option(
      names = "--no-snapshot",
      description = "Don't take a snapshot of the store before the run.")
  private boolean withoutSnapshot;

  @Override
  protected boolean writes() {
    return !dryRun && expected != null;
  }

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    String problem = selection.problem();
    if (problem != null) {
      throw usage(problem);
    }
    Finding finding = finding();
    if (delete && assignments != null) {
      throw usage("--delete and --set don't go together.");
    }
    if (!delete && assignments == null && finding != Finding.MAPPED_CATEGORY) {
      throw usage("Nothing is to be set; add --set FIELD=VALUE, or --delete.");
    }
    MendPreview.Rule rule = MappedReflection::mend;
    UpgradeOptions options;
    try {
      if (assignments != null) {
        FieldChanges changes = FieldChanges.parse(assignments);
        rule = row -> Optional.of(changes);
      }
      options =
          batches.apply(defaults().withSnapshot(!withoutSnapshot).withScopes(selection.scopes()));
    } catch (MendException e) {
      throw usage(Wording.ENGLISH.of(e.message()));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    selection.resolve(upgrades.store());
    List<String> ids = chosen(upgrades, finding);
    MendPreview preview =
        delete
            ? MendPreview.ofDeletion(upgrades.store(), ids, looked -> {})
            : MendPreview.of(upgrades.store(), ids, rule);
    if (dryRun) {
      return selection.exitCode(show(preview));
    }
    int open = preview.count(MendPlan.Fit.OPEN);
    if (open == 0) {
      return selection.exitCode(nothingOpen(preview));
    }
    if (expected == null || expected != open) {
      throw usage(
          "%,d entries would be %s%s; nothing was. Add --yes %d to do it, or --dry-run to see"
                  .formatted(
                      open, done(), expected == null ? "" : ", not %,d".formatted(expected), open)
              + " each of them.");
    }
    return selection.exitCode(follow(upgrades, upgrades.mend(preview.mends(), options)));
  }

  private @Nullable Finding finding() {
    if (found == null) {
      return null;
    }
    return Finding.of(found)
        .filter(finding -> !finding.isOfSeveral())
        .orElseThrow(
            () ->
                usage(
                    "--found takes blank-scope, mapped-category or poor-summary, not "
                        + found
                        + "."));
  }

  private List<String> chosen(Upgrades upgrades, @Nullable Finding finding)
      throws InterruptedException {
    List<String> matching =
        upgrades
            .store()
            .inventory(selection.query(), finding == null ? limit() : Integer.MAX_VALUE);
    if (finding == null) {
      return matching;
    }
    Set<String> ids = new HashSet<>(StoreCheck.of(upgrades.store()).ids(finding));
    return matching.stream().filter(ids::contains).limit(limit()).toList();
  }

  private int limit() {
    return selection.limit(Integer.MAX_VALUE);
  }

  private int nothingOpen(MendPreview preview) {
    if (isJson()) {
      print(summary(preview).putNull("run"));
    } else {
      say("%s; nothing was changed.", sentence(preview));
    }
    return ExitCode.DONE;
  }

  private int show(MendPreview preview) {
    if (isJson()) {
      ObjectNode document = summary(preview);
      ArrayNode items = document.putArray("previews");
      preview.items().forEach(item -> items.add(json(item)));
      print(document);
    } else {
      preview.items().forEach(this::text);
      say("%s; nothing was changed.", sentence(preview));
    }
    return ExitCode.DONE;
  }

  private String done() {
    return delete ? "deleted" : "changed";
  }

  private String sentence(MendPreview preview) {
    return "%,d entries would be %s, %,d are so already, %,d are of the corpus, %,d can't be written"
        .formatted(
            preview.count(MendPlan.Fit.OPEN),
            done(),
            preview.count(MendPlan.Fit.DONE),
            preview.count(MendPlan.Fit.CORPUS),
            preview.count(MendPlan.Fit.UNWRITABLE));
  }

  private static ObjectNode summary(MendPreview preview) {
    ObjectNode node = Json.object().put("selected", preview.items().size());
    for (MendPlan.Fit fit : MendPlan.Fit.values()) {
      node.put(Json.word(fit), preview.count(fit));
    }
    return node;
  }

  private static ObjectNode json(MendPreview.Item item) {
    ObjectNode node =
        Json.object()
            .put("id", item.id())
            .put("text", item.title())
            .put("fit", Json.word(item.fit()));
    if (item.plan() instanceof MendPlan.Removal) {
      return node.put("delete", true);
    }
    ArrayNode changes = node.putArray("changes");
    for (MendPlan.Change change : item.plan().changes()) {
      ObjectNode one = changes.addObject().put("field", change.field());
      one.set("before", value(change.before()));
      one.set("after", value(change.after()));
    }
    return node;
  }

  private static JsonNode value(@Nullable String json) {
    return MetadataJson.objectOrEmpty("{\"v\":" + json + "}").path("v");
  }

  private void text(MendPreview.Item item) {
    say("%s  %s  %s", item.id(), Json.word(item.fit()), item.title());
    if (item.fit() == MendPlan.Fit.OPEN) {
      for (MendPlan.Change change : item.plan().changes()) {
        String before = change.before();
        say("  ~ %s: %s -> %s", change.field(), before == null ? "none" : before, change.after());
      }
    }
  }
}
