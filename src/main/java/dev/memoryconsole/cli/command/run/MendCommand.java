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
import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.mend.MendException;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.mend.MergePreview;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.mend.find.MappedReflection;
import dev.memoryconsole.mend.find.Report;
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
      names = "--merge",
      description =
          "With --found duplicate or near-duplicate: keep one of each group, which takes over what"
              + " was counted of all, and archive the others, or with --delete delete them.")
  private boolean merge;

  @Option(
      names = "--keep",
      paramLabel = "WHICH",
      description =
          "Which one a merge keeps: most-used (of equal ones an upgraded one, then the oldest) or"
              + " oldest; most-used without it.")
  private @Nullable String keep;

  @Option(
      names = "--found",
      paramLabel = "FINDING",
      description =
          "Only what 'check' finds: blank-scope, mapped-category or poor-summary. With"
              + " mapped-category and without --set, the categories that each should have. With"
              + " --merge, duplicate or near-duplicate.")
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
    if ((delete || merge) && assignments != null) {
      throw usage((delete ? "--delete" : "--merge") + " and --set don't go together.");
    }
    if (keep != null && !merge) {
      throw usage("--keep says which one a --merge keeps.");
    }
    Keep kept = kept();
    if (!delete && !merge && assignments == null && finding != Finding.MAPPED_CATEGORY) {
      throw usage("Nothing is to be set; add --set FIELD=VALUE, --merge or --delete.");
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
    MendPreview preview = preview(upgrades, finding, kept, rule);
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

  private MendPreview preview(
      Upgrades upgrades, @Nullable Finding finding, Keep kept, MendPreview.Rule rule)
      throws InterruptedException {
    if (merge && finding != null) {
      return MergePreview.of(
          upgrades.store(), groups(upgrades, finding), kept.order(), delete, looked -> {});
    }
    List<String> ids = chosen(upgrades, finding);
    return delete
        ? MendPreview.ofDeletion(upgrades.store(), ids, looked -> {})
        : MendPreview.of(upgrades.store(), ids, rule);
  }

  private Keep kept() {
    return keep == null
        ? Keep.MOST_USED
        : Keep.of(keep)
            .orElseThrow(() -> usage("--keep takes most-used or oldest, not " + keep + "."));
  }

  private @Nullable Finding finding() {
    String takes =
        merge ? "duplicate or near-duplicate" : "blank-scope, mapped-category or poor-summary";
    if (found == null) {
      if (merge) {
        throw usage("--merge takes what 'check' finds; add --found " + takes + ".");
      }
      return null;
    }
    return Finding.of(found)
        .filter(finding -> finding.isOfSeveral() == merge)
        .orElseThrow(
            () ->
                usage(
                    "--found takes %s%s, not %s."
                        .formatted(takes, merge ? " with --merge" : "", found)));
  }

  /** Of each group what was chosen; --limit counts groups. */
  private List<List<String>> groups(Upgrades upgrades, Finding finding)
      throws InterruptedException {
    Set<String> matching =
        new HashSet<>(upgrades.store().inventory(selection.query(), Integer.MAX_VALUE));
    return StoreCheck.of(upgrades.store()).groups().getOrDefault(finding, List.of()).stream()
        .map(group -> group.stream().map(Report.Found::id).filter(matching::contains).toList())
        .filter(group -> group.size() > 1)
        .limit(limit())
        .toList();
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
    return merge ? "merged" : delete ? "deleted" : "changed";
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
    if (item.plan().deletes()) {
      node.put("delete", true);
    }
    if (item.plan() instanceof MendPlan.Merge group) {
      node.put("keeper", group.keeper()).put("group", group.size());
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
      if (item.plan().deletes()) {
        say("  - deleted");
      }
      if (item.plan() instanceof MendPlan.Merge group && item.id().equals(group.keeper())) {
        say("  = kept of %d", group.size());
      }
      for (MendPlan.Change change : item.plan().changes()) {
        String before = change.before();
        say("  ~ %s: %s -> %s", change.field(), before == null ? "none" : before, change.after());
      }
    }
  }
}
