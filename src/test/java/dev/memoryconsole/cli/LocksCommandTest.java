package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.python.PythonAgent;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.sqlite.SqliteOptions;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the command line says about the lock, each command as a session of its own. */
@Tag("slow")
class LocksCommandTest extends CommandLineTestBase {
  @BeforeEach
  void upgradeAnExport() throws Exception {
    importExport();
    // A store that is made of a file takes nobody's lock, an import into one that is there does.
    run("import STORE %s --replace", export()).isDone();
    run("upgrade STORE --no-llm --batch-size 10").isDone();
  }

  @Test
  void aLaterCommandKnowsEveryAcquisitionOfTheRun() throws Exception {
    JsonNode run = run("locks STORE --run 1 --json").json();
    assertThat(run.path("acquisitions").intValue()).isEqualTo(24);
    assertThat(run.path("rows").intValue()).isEqualTo(240);
    assertThat(run.path("events")).hasSize(24);
    assertThat(run.at("/events/23/batch").intValue()).isEqualTo(24);
    assertThat(run.at("/events/0/rows").intValue()).isEqualTo(10);
    assertThat(run.at("/hold_ms/p50").doubleValue()).isPositive();

    JsonNode hour = run("locks STORE --json").json();
    assertThat(hour.path("holders"))
        .extracting(holder -> holder.path("holder").asText())
        .contains("run", "operation");
    assertThat(hour.path("acquisitions").intValue()).isGreaterThan(24);
    assertThat(hour.path("timed_out").intValue()).isZero();
  }

  @Test
  void theSingleAcquisitionsCanBeWrittenToAFile() throws Exception {
    Path csv = folder.resolve("locks.csv");
    run("locks STORE --run 1 --csv %s", csv).isDone();
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(25);
    assertThat(lines.getFirst()).startsWith("acquired_us,wait_ms,hold_ms,rows,outcome");
    assertThat(lines.getLast()).contains(",10,released,false,run,").endsWith(",upgrade,1,24");
  }

  @Test
  void theAnswerIsASentenceFirst() {
    assertThat(run("locks STORE --since 15m").out())
        .startsWith("In the last 15 minutes the upgrade held the lock ")
        .contains(" of the time, ", "run 1", "import");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoNeverLetsGoIsNamedWhileItHoldsAndAfterwards() throws Exception {
    try (PythonAgent agent = PythonAgent.on(store)) {
      agent.tell("begin");
      String python = " (process " + agent.pid() + ")";
      SqliteOptions impatient = new SqliteOptions(Duration.ofMillis(300), InstantSource.system());
      SqliteStore waiting = SqliteStore.open(store, impatient);
      Journal journal = new SqliteJournal(new Workspace(folder.resolve("workspace")).journal());
      journal.locks().keep(waiting.location().toString(), waiting.lockMetrics(), Clock.systemUTC());
      try (Upgrades upgrades =
          new UpgradeService(waiting, journal, new SimpleEnricher(), Clock.systemUTC())) {
        RunHandle run = upgrades.undo(1, List.of(), UpgradeOptions.DEFAULT);
        run.await();
        assertThat(run.problem())
            .contains("is locked by another program (python3")
            .contains(", process " + agent.pid() + ")");
      }
      Answer held = run("locks STORE");
      assertThat(held.out().lines().findFirst().orElseThrow())
          .contains("It could not be had in time ")
          .contains("Right now it is held by python3")
          .endsWith(python + ".");
      assertThat(run("locks STORE --json").json().at("/held_by/pid").longValue())
          .isEqualTo(agent.pid());
      agent.tell("commit");
      Answer free = run("locks STORE");
      assertThat(free.out()).doesNotContain("Right now").contains("python3").contains(python);
      assertThat(run("locks STORE --json").json().path("held_by").isNull()).isTrue();
    }
  }

  @Test
  void aLengthOfTimeThatIsNoneIsRefusedWithOneSentence() {
    run("locks STORE --since yesterday").isBadUsage("'yesterday' is no length of time");
    run("locks STORE --run 99").isRefused("There is no run 99");
  }

  @Test
  void switchedOffInTheSettingsNothingIsRecordedAndRunsKeepTheirFigures() throws Exception {
    Path settings = folder.resolve("workspace").resolve("settings.json");
    Files.writeString(settings, "{\"monitoring\":{\"locks\":false}}");
    int before = run("locks STORE --json").json().path("events").size();
    JsonNode undone = run("undo STORE --run 1 --json").json();
    assertThat(undone.at("/lock/acquisitions").intValue()).isPositive();
    assertThat(run("locks STORE --json").json().path("events")).hasSize(before);
  }

  @Test
  void theLockOfAnSqliteStoreCanNotBeBrokenAndTheReasonIsSaid() {
    run("break-lock STORE").isBadUsage("The lock is not held; nothing was changed. Add --yes");
    run("break-lock STORE --yes")
        .isRefused(
            "There is nothing to break: the lock of an SQLite store is the operating system");
  }
}
