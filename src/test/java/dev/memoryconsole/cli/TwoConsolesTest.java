package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Programs;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two consoles on one store and one journal, real processes with a real model's interface: the
 * first stands still in mid-run, the second wants to go on with its run.
 */
@Tag("slow")
class TwoConsolesTest extends CommandLineTestBase {
  private static final int MEMORIES = 4;
  private static final Duration LONG = Duration.ofSeconds(60);

  private Path workspace;
  private int answered = Integer.MAX_VALUE;
  private final CountDownLatch rest = new CountDownLatch(1);
  private final FakeEndpoint model =
      new FakeEndpoint(
          call -> {
            if (call.number() == answered + 1) {
              pass(rest);
            }
            call.layers("A note.");
          });
  private final List<Console> consoles = new ArrayList<>();

  @BeforeEach
  void fill() throws Exception {
    workspace = folder.resolve("workspace");
    try (SqliteStore made = SqliteStore.create(store)) {
      made.insert(Entries.legacy(MEMORIES), ExistingRows.SKIP);
    }
  }

  @AfterEach
  void end() {
    rest.countDown();
    consoles.forEach(console -> console.process.destroyForcibly());
    model.close();
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The command line in a process of its own. */
  private final class Console {
    private final Process process;
    private final Path said = folder.resolve("console-" + consoles.size());

    Console(String... words) throws IOException {
      List<String> command =
          OtherJava.command(List.of(), "dev.memoryconsole.Launcher", (Object[]) words);
      command.addAll(List.of("--workspace", workspace.toString()));
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      consoles.add(this);
    }

    void signal(String signal) {
      Programs.signal(process, signal);
    }

    int code() throws InterruptedException {
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    String said() throws IOException {
      return Files.readString(said, StandardCharsets.UTF_8);
    }
  }

  private Console byModel(String line) throws IOException {
    return new Console(
        (line
                + " "
                + store
                + " --llm-url "
                + model.url()
                + " --llm-model test-model --concurrency 1")
            .split(" ", -1));
  }

  private List<MemoryEntry> rows() {
    try (MemoryStore open = SqliteStore.open(store)) {
      return open.find(open.ids(EntryQuery.ALL, MEMORIES));
    }
  }

  /** As a file system of the network does that has not heard from a process for a while. */
  private void loseTheLockOfTheFirst() throws IOException {
    try (Stream<Path> lives = Files.list(workspace.resolve("journal.db-processes"))) {
      for (Path life : lives.toList()) {
        Files.delete(life);
      }
    }
  }

  private static void isLeftInPeace(Console first, Answer refused) {
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err())
        .contains("Run 1 of this store is at work in another", "process " + first.process.pid())
        .hasLineCount(1);
  }

  private void isRefusedAndChangesNothing(Console first) throws Exception {
    List<MemoryEntry> before = rows();
    String run =
        Sql.value(
            workspace.resolve("journal.db"), "SELECT state || epoch || finished_at FROM runs");
    int calls = model.calls().size();
    first.signal("CONT");
    rest.countDown();
    assertThat(first.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(first.said())
        .containsOnlyOnce("Run 1 was taken over by another Memory Console while this one stood")
        .doesNotContain("\tat ", "resume");
    assertThat(rows()).isEqualTo(before);
    assertThat(
            Sql.value(
                workspace.resolve("journal.db"), "SELECT state || epoch || finished_at FROM runs"))
        .isEqualTo(run);
    assertThat(model.calls()).hasSize(calls);
  }

  @Test
  void whoStandsStillIsLeftItsRunAndOnceTakenOverWritesNothingMore() throws Exception {
    Console first;
    try (Connection _ = Sql.hold(store)) {
      first = byModel("upgrade --no-snapshot");
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .until(
              () ->
                  Sql.value(
                          workspace.resolve("journal.db"),
                          "SELECT count(*) FROM entries WHERE state IN ('ENRICHED', 'COMMITTING')")
                      .equals("" + MEMORIES));
      first.signal("STOP");
    }
    String snapshot = run("snapshot STORE --json").json().path("snapshot").textValue();
    isLeftInPeace(first, run("resume STORE --no-llm --run 1"));
    isLeftInPeace(first, run("restore STORE --snapshot %s", snapshot));

    loseTheLockOfTheFirst();
    Console second = byModel("resume --run 1");
    assertThat(second.code()).as(second.said()).isEqualTo(ExitCode.DONE);
    assertThat(rows()).allMatch(row -> String.valueOf(row.metadata()).contains("llm:test-model"));
    isRefusedAndChangesNothing(first);
    assertThat(model.calls()).as("no call is made twice").hasSize(MEMORIES);
  }

  @Test
  void whoWaitsForTheModelWhenItIsTakenOverAsksNothingMore() throws Exception {
    answered = 1;
    Console first = byModel("upgrade --no-snapshot");
    await().atMost(LONG).until(() -> model.calls().size() == 2);
    first.signal("STOP");
    loseTheLockOfTheFirst();
    Console second = byModel("resume --run 1");
    assertThat(second.code()).as(second.said()).isEqualTo(ExitCode.DONE);
    isRefusedAndChangesNothing(first);
    // The call that was not answered had to be made again; no other was.
    assertThat(model.calls()).hasSize(MEMORIES + 1);
    assertThat(model.calls().stream().map(FakeEndpoint.Call::user).distinct()).hasSize(MEMORIES);
  }
}
