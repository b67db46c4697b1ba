package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.cli.output.ExitCode;
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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says about the lock, each command as a session of its own. */
@Tag("slow")
class LocksCommandTest {
  @TempDir private Path folder;
  private String store;

  @BeforeEach
  void upgradeAnExport() throws Exception {
    store = folder.resolve("store.db").toString();
    Path export = folder.resolve("plugin-export.json");
    try (InputStream in =
        Objects.requireNonNull(
            LocksCommandTest.class.getResourceAsStream(
                "/dev/memoryconsole/exchange/plugin-export.json"))) {
      Files.copy(in, export);
    }
    assertThat(run("import", store, export.toString()).code()).isZero();
    assertThat(run("upgrade", store, "--no-llm", "--batch-size", "10").code()).isZero();
  }

  private Answer run(String... arguments) {
    return Answer.of(folder, new SimpleEnricher(), arguments);
  }

  @Test
  void aLaterCommandKnowsEveryAcquisitionOfTheRun() throws Exception {
    JsonNode run = run("locks", store, "--run", "1", "--json").json();
    assertThat(run.path("acquisitions").intValue()).isEqualTo(24);
    assertThat(run.path("rows").intValue()).isEqualTo(240);
    assertThat(run.path("events")).hasSize(24);
    assertThat(run.at("/events/23/batch").intValue()).isEqualTo(24);
    assertThat(run.at("/events/0/rows").intValue()).isEqualTo(10);
    assertThat(run.at("/hold_ms/p50").doubleValue()).isPositive();

    JsonNode hour = run("locks", store, "--json").json();
    assertThat(hour.path("holders"))
        .extracting(holder -> holder.path("holder").asText())
        .contains("run", "operation");
    assertThat(hour.path("acquisitions").intValue()).isGreaterThan(24);
    assertThat(hour.path("timed_out").intValue()).isZero();
  }

  @Test
  void theSingleAcquisitionsCanBeWrittenToAFile() throws Exception {
    Path csv = folder.resolve("locks.csv");
    assertThat(run("locks", store, "--run", "1", "--csv", csv.toString()).code()).isZero();
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(25);
    assertThat(lines.getFirst()).startsWith("acquired_us,wait_ms,hold_ms,rows,outcome");
    assertThat(lines.getLast()).contains(",10,released,false,run,").endsWith(",upgrade,1,24");
  }

  @Test
  void theAnswerIsASentenceFirst() {
    assertThat(run("locks", store, "--since", "15m").out())
        .startsWith("In the last 15 minutes the upgrade held the lock ")
        .contains(" of the time, ", "run 1", "import");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoNeverLetsGoIsNamedWhileItHoldsAndAfterwards() throws Exception {
    try (PythonAgent agent = PythonAgent.on(Path.of(store))) {
      agent.tell("begin");
      String python = " (process " + agent.pid() + ")";
      SqliteOptions impatient = new SqliteOptions(Duration.ofMillis(300), InstantSource.system());
      SqliteStore waiting = SqliteStore.open(Path.of(store), impatient);
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
      Answer held = run("locks", store);
      assertThat(held.out().lines().findFirst().orElseThrow())
          .contains("It could not be had in time ")
          .contains("Right now it is held by python3")
          .endsWith(python + ".");
      assertThat(run("locks", store, "--json").json().at("/held_by/pid").longValue())
          .isEqualTo(agent.pid());
      agent.tell("commit");
      Answer free = run("locks", store);
      assertThat(free.out()).doesNotContain("Right now").contains("python3").contains(python);
      assertThat(run("locks", store, "--json").json().path("held_by").isNull()).isTrue();
    }
  }

  @Test
  void aLengthOfTimeThatIsNoneIsRefusedWithOneSentence() {
    Answer refused = run("locks", store, "--since", "yesterday");
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("'yesterday' is no length of time");
    Answer noRun = run("locks", store, "--run", "99");
    assertThat(noRun.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(noRun.err()).contains("There is no run 99");
  }

  @Test
  void switchedOffInTheSettingsNothingIsRecordedAndRunsKeepTheirFigures() throws Exception {
    Path settings = folder.resolve("workspace").resolve("settings.json");
    Files.writeString(settings, "{\"monitoring\":{\"locks\":false}}");
    int before = run("locks", store, "--json").json().path("events").size();
    JsonNode undone = run("undo", store, "--run", "1", "--json").json();
    assertThat(undone.at("/lock/acquisitions").intValue()).isPositive();
    assertThat(run("locks", store, "--json").json().path("events")).hasSize(before);
  }

  @Test
  void theLockOfAnSqliteStoreCanNotBeBrokenAndTheReasonIsSaid() {
    Answer asked = run("break-lock", store);
    assertThat(asked.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(asked.err()).contains("The lock is not held; nothing was changed. Add --yes");
    Answer refused = run("break-lock", store, "--yes");
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err())
        .hasLineCount(1)
        .contains("There is nothing to break: the lock of an SQLite store is the operating system");
  }
}
