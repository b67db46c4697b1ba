package dev.memoryconsole.crash;

import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.mend.MergePreview;
import dev.memoryconsole.mend.PlannedMend;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.mend.find.StoreCheck;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The child process: one run over a store, by the program's own parts. */
public final class CrashMain {
  /** Batches of five, four at once. */
  static final UpgradeOptions OPTIONS = new UpgradeOptions(5, 4, FailurePolicy.FALLBACK, Set.of());

  private CrashMain() {}

  /**
   * The kind of run, the store, the workspace, the file of the model's calls; a fifth argument has
   * what was spoiled mended and the run resumed in this same process.
   */
  public static void main(String[] arguments) throws Exception {
    StoreLocation store = StoreLocation.parse(arguments[1]).orElseThrow();
    if (store instanceof StoreLocation.OnServer) {
      PostgresTap.open();
    }
    Path workspace = Path.of(arguments[2]);
    Path calls = Path.of(arguments[3]);
    Assembly assembly = new Assembly(new ScriptedModel(calls), Clock.systemUTC());
    try (Upgrades upgrades = assembly.open(store, workspace)) {
      System.out.println("ready");
      RunHandle run = start(arguments[0], upgrades);
      RunProgress end = run.await();
      StepTap.step("run over");
      System.out.println("state " + end.state() + " " + run.problem());
      if (arguments.length > 4) {
        StepTap.mend();
        RunHandle resumed = upgrades.resume(run.id(), OPTIONS);
        System.out.println("state " + resumed.await().state() + " " + resumed.problem());
      }
    }
    StepTap.release();
    StepTap.step("all closed");
    StringBuilder counts = new StringBuilder();
    StepTap.counts().forEach((name, count) -> counts.append(count + "\t" + name + "\n"));
    Files.writeString(Path.of(calls + ".steps"), counts);
  }

  /** All rows that are there. */
  static List<PlannedMend> deletions(Upgrades upgrades) throws InterruptedException {
    return MendPreview.ofDeletion(upgrades.store(), Scenario.chosen(), looked -> {}).mends();
  }

  /** Of each four rows one is kept. */
  static List<PlannedMend> merges(Upgrades upgrades) throws InterruptedException {
    List<List<String>> groups =
        StoreCheck.of(upgrades.store()).groups().getOrDefault(Finding.DUPLICATE, List.of()).stream()
            .map(group -> group.stream().map(Report.Found::id).toList())
            .toList();
    return MergePreview.of(upgrades.store(), groups, Keep.MOST_USED.order(), true, looked -> {})
        .mends();
  }

  private static RunHandle start(String kind, Upgrades upgrades) throws InterruptedException {
    return switch (kind) {
      case "upgrade" -> upgrades.upgrade(Scenario.chosen(), OPTIONS);
      case "swap" -> upgrades.upgrade(Scenario.chosen(), OPTIONS.withCommit(CommitMode.CAS));
      case "retry" -> upgrades.retry(1, OPTIONS);
      case "mend" ->
          upgrades.mend(
              MendPreview.of(
                      upgrades.store(), Scenario.chosen(), FieldChanges.parse(Scenario.FIELDS))
                  .mends(),
              OPTIONS);
      case "merge" -> upgrades.mend(merges(upgrades), OPTIONS);
      case "delete" -> upgrades.mend(deletions(upgrades), OPTIONS);
      case "undo", "return" -> upgrades.undo(1, List.of(), OPTIONS);
      case "resume" -> upgrades.resume(upgrades.resumable().getFirst().id(), OPTIONS);
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
