package dev.memoryconsole.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must hold after a run was stopped anyhow and resumed: everything is as after a run that
 * nobody disturbed, and no model call was made for what had been enriched.
 *
 * @param scenario what the run found
 * @param before the files as the run found them
 * @param metadata the rows as the run found them
 * @param steps how often each step is reached in a run
 * @param rows the store after an undisturbed run
 * @param entries the journal after it
 * @param undone the store after that run's undo
 */
record Aftermath(
    Scenario scenario,
    Site before,
    Map<String, String> metadata,
    Map<String, Integer> steps,
    Map<String, String> rows,
    Map<String, String> entries,
    Map<String, String> undone) {

  /** Prepares a scenario and lets it run undisturbed, in a process like those that are killed. */
  static Aftermath of(Scenario scenario, Path folder, SiteStore memories, Child child)
      throws Exception {
    Site before = new Site(folder, memories);
    scenario.prepare(before);
    Map<String, String> metadata = before.metadata();
    Site done = before.copyTo(folder.resolveSibling(folder.getFileName() + "-undisturbed"));
    Child.End end = child.undisturbed(done, scenario.command());
    assertThat(end.said()).contains("state COMPLETED");
    assertThat(end.code()).isZero();
    Map<String, Integer> steps = new TreeMap<>();
    for (String line : java.nio.file.Files.readAllLines(Path.of(done.calls() + ".steps"))) {
      String[] parts = line.split("\t", 2);
      steps.put(parts[1], Integer.valueOf(parts[0]));
    }
    int run = scenario.runsBefore() + 1;
    Map<String, String> rows = Site.timeless(done.rows());
    Map<String, String> entries = Site.timeless(done.entries(run));
    assertThat(done.command("undo", "--run", "" + run).code()).isZero();
    Map<String, String> undone = Site.timeless(done.rows());
    done.memories().remove();
    return new Aftermath(scenario, before, metadata, steps, rows, entries, undone);
  }

  /** Resumes, and looks at everything. */
  void check(Site site) throws Exception {
    int run = scenario.runsBefore() + 1;
    boolean recorded = site.runs().containsKey("" + run);
    Set<String> enriched = site.enriched(run);
    Map<String, Integer> calls = ScriptedModel.callsIn(site.calls());
    Site.Answer resumed = site.resume(scenario);
    if (!recorded) {
      assertThat(resumed.json().path("selected").intValue()).as("nothing was recorded").isZero();
      assertThat(site.metadata()).isEqualTo(metadata);
      resumed = site.again(scenario);
    }
    // One of the chosen ids was never there, and the command line names it.
    assertThat(resumed.err().lines().filter(line -> !line.contains("There is no entry gone in ")))
        .isEmpty();
    assertThat(Site.timeless(site.entries(run))).isEqualTo(entries);
    assertThat(Site.timeless(site.rows())).isEqualTo(rows);
    // As the program tells it: a run that had nothing left when its process ended may never be
    // written down as completed, because who looks changes nothing.
    assertThat(site.command("runs").json().path("runs"))
        .hasSize(run)
        .allSatisfy(each -> assertThat(each.path("state").asText()).isEqualTo("completed"));
    assertCalls(enriched, calls, ScriptedModel.callsIn(site.calls()));
    site.assertSound();
    assertUndo(site, run);
  }

  /** What was enriched is never asked again; a call under way may be made once more. */
  private static void assertCalls(
      Set<String> enriched, Map<String, Integer> before, Map<String, Integer> after) {
    after.forEach(
        (line, count) -> {
          int then = before.getOrDefault(line, 0);
          int more = enriched.contains(line.substring(0, line.indexOf(' '))) ? 0 : 1;
          assertThat(count).as("calls for %s", line).isBetween(then, then + more);
        });
  }

  private void assertUndo(Site site, int run) throws Exception {
    assertThat(site.command("undo", "--run", "" + run).err()).isEmpty();
    assertThat(Site.timeless(site.rows())).isEqualTo(undone);
    if (scenario != Scenario.UNDO) {
      assertThat(site.metadata()).isEqualTo(metadata);
    }
  }
}
