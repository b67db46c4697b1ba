package dev.memoryconsole.journal.lives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunInProgressException;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.testing.Programs;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a run is, with other processes that live, stand still and die. */
@Tag("slow")
class WhoIsAliveTest {
  private static final String STORE = ClaimingProcess.STORE;
  private static final List<String> OTHER_NAMESPACE =
      List.of("unshare", "-pf", "--mount-proc", "--kill-child");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("journal.db");
  }

  @Test
  void aRunIsAtWorkAsLongAsItsProcessLivesAndLookingChangesNothing() throws Exception {
    try (ClaimingProcess other = ClaimingProcess.on(file())) {
      assertThat(other.ask("start 3")).isEqualTo("1");
      try (Journal journal = new SqliteJournal(file())) {
        assertThat(state(journal)).isEqualTo(RunState.RUNNING);
        other.kill();
        String before = Sql.value(file(), "SELECT group_concat(state || epoch || owner) FROM runs");
        await().until(() -> state(journal) == RunState.INTERRUPTED);
        assertThat(journal.runs().stopped(STORE)).hasSize(1);
        assertThat(Sql.value(file(), "SELECT group_concat(state || epoch || owner) FROM runs"))
            .isEqualTo(before)
            .startsWith("RUNNING");
        assertThat(files()).as("who only looks leaves no file, and removes none").hasSize(1);

        assertThat(journal.runs().reopen(STORE, 1)).isTrue();
        assertThat(Sql.value(file(), "SELECT state || epoch FROM runs")).isEqualTo("RUNNING3");
        assertThat(files()).as("that of the dead process is gone").hasSize(1);
      }
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void anOwnRunThatIsNotWorkedOnAnyMoreIsOver() {
    try (Journal one = new SqliteJournal(file());
        Journal two = new SqliteJournal(file())) {
      long run = one.runs().start(ClaimingProcess.plan(2), 1).orElseThrow();
      assertThat(state(two)).isEqualTo(RunState.RUNNING);
      one.runs().release(run);
      assertThat(state(two)).isEqualTo(RunState.INTERRUPTED);
      assertThat(two.runs().reopen(STORE, run)).isTrue();
      assertThat(state(one)).isEqualTo(RunState.RUNNING);
      two.entries().confirm(run, List.of());
    }
  }

  @Test
  void aStepOfTheClockMakesNobodyLookDead() throws Exception {
    Path shim = folder.resolve("btime.so");
    assumeThat(Programs.compile(WhoIsAliveTest.class, "btime.c", shim)).as("gcc is there").isTrue();
    try (ClaimingProcess other = ClaimingProcess.on(file());
        ClaimingProcess stepped =
            new ClaimingProcess(
                file(), List.of(), Map.of("LD_PRELOAD", shim.toString(), "BTIME_SHIFT", "3600"))) {
      other.ask("start 3");
      assertThat(stepped.ask("look")).isEqualTo("[RUNNING]");
      assertThat(stepped.ask("start 3")).contains("Run 1").contains("at work");
      other.kill();
      assertThat(stepped.ask("start 3")).isEqualTo("2");
    }
  }

  @Test
  void anotherNamespaceOfProcessesMakesNobodyLookDead() throws Exception {
    assumeThat(
            Programs.succeeds(
                Stream.concat(OTHER_NAMESPACE.stream(), Stream.of("true")).toArray(String[]::new)))
        .as("unshare is allowed")
        .isTrue();
    try (ClaimingProcess other = ClaimingProcess.on(file());
        ClaimingProcess inside = new ClaimingProcess(file(), OTHER_NAMESPACE, Map.of())) {
      other.ask("start 3");
      assertThat(inside.ask("look")).isEqualTo("[RUNNING]");
      assertThat(inside.ask("start 3")).contains("Run 1").contains("at work");
      assertThat(other.ask("announce")).isEqualTo("done");
      other.kill();
      assertThat(inside.ask("start 3")).isEqualTo("2");
      try (Journal outside = new SqliteJournal(file())) {
        assertThat(outside.runs().latest(STORE, 9))
            .extracting(RunRecord::state)
            .containsExactly(RunState.RUNNING, RunState.INTERRUPTED);
      }
    }
  }

  @Test
  void aProcessThatWasTakenOverIsRefusedAndChangesNothing() throws Exception {
    try (ClaimingProcess other = ClaimingProcess.on(file());
        Journal journal = new SqliteJournal(file())) {
      other.ask("start 3");
      assertThat(other.ask("confirm")).isEqualTo("done");
      other.signal("STOP");
      assertThat(journal.runs().latest(STORE, 1).getFirst().state())
          .as("it stands still, and lives")
          .isEqualTo(RunState.RUNNING);
      // As a file system of the network does that has not heard from it for a while.
      Files.delete(files().getFirst());
      assertThat(journal.runs().reopen(STORE, 1)).isTrue();
      journal
          .entries()
          .write(1, List.of(EntryChange.committing(0, 9L, new EntryChange.Image("old", "ours"))));
      other.signal("CONT");

      String refusal = "Run 1 was taken over by another Memory Console while this one stood still";
      assertThat(other.ask("confirm")).startsWith(refusal);
      assertThat(other.ask("announce")).startsWith(refusal);
      assertThat(other.ask("end")).startsWith(refusal);
      assertThat(Sql.value(file(), "SELECT written FROM results")).isEqualTo("ours");
      assertThat(state(journal)).isEqualTo(RunState.RUNNING);
    }
  }

  @Test
  void aRunOfAProgramWithoutANameIsNotTakenWhileThatMayBeAlive() throws Exception {
    try (ClaimingProcess other = ClaimingProcess.on(file());
        Journal journal = new SqliteJournal(file())) {
      other.ask("start 3");
      Sql.run(file(), "UPDATE runs SET owner = NULL, owner_start = owner_start + 3600000");
      assertThat(state(journal)).isEqualTo(RunState.RUNNING);
      assertThatThrownBy(() -> journal.runs().start(ClaimingProcess.plan(3), 1))
          .isInstanceOf(RunInProgressException.class);
      other.kill();
      await().until(() -> state(journal) == RunState.INTERRUPTED);
      assertThat(journal.runs().start(ClaimingProcess.plan(3), 1)).isPresent();
    }
  }

  @Test
  void aRunThatIsKilledWhileItIsPlannedIsDropped() throws Exception {
    try (ClaimingProcess other = ClaimingProcess.on(file());
        Journal journal = new SqliteJournal(file())) {
      other.tell("start 1000000");
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  Sql.value(file(), "SELECT count(*) FROM runs WHERE state = 'PLANNING'")
                      .equals("1"));
      assertThatThrownBy(() -> journal.runs().start(ClaimingProcess.plan(3), 1))
          .hasMessageContaining("about to begin");
      assertThat(journal.runs().latest(STORE, 9)).isEmpty();
      other.kill();
      assertThat(Sql.value(file(), "SELECT state FROM runs")).isEqualTo("PLANNING");
      assertThat(journal.runs().latest(STORE, 9)).isEmpty();
      assertThat(journal.runs().stopped(STORE)).isEmpty();
      assertThat(journal.runs().start(ClaimingProcess.plan(3), 1)).contains(2L);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Sql.value(file(), "SELECT count(*) FROM runs").equals("1"));
      assertThat(Sql.value(file(), "SELECT count(*) FROM entries")).isEqualTo("3");
    }
  }

  @Test
  void planningThatIsInterruptedLeavesNothing() throws Exception {
    try (Journal journal = new SqliteJournal(file())) {
      CompletableFuture<Optional<Long>> started = new CompletableFuture<>();
      Thread starting =
          Thread.ofPlatform()
              .start(
                  () -> started.complete(journal.runs().start(ClaimingProcess.plan(1_000_000), 1)));
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  Sql.value(file(), "SELECT count(*) FROM runs WHERE state = 'PLANNING'")
                      .equals("1"));
      starting.interrupt();
      assertThat(started.get()).isEmpty();
      assertThat(journal.runs().start(ClaimingProcess.plan(3), 1)).isPresent();
      assertThat(journal.runs().latest(STORE, 9)).hasSize(1);
    }
  }

  private static RunState state(Journal journal) {
    return journal.runs().find(STORE, 1).orElseThrow().state();
  }

  private List<Path> files() throws IOException {
    Path lives = folder.resolve("journal.db-processes");
    if (!Files.exists(lives)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(lives)) {
      return files.toList();
    }
  }
}
