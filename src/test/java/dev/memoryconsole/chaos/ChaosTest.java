package dev.memoryconsole.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two consoles, four agents, kills, stops, restores, a full disk and a locked journal on one store:
 * no acknowledged write is lost, none resurrected, nothing half merged, and the files are sound.
 * Seeded: {@code -Dchaos.seed}; {@code -Dchaos.seconds} for the long form.
 */
@Tag("crash")
class ChaosTest {
  private static final int AGENTS = 4;
  private static final int ROWS = 60;

  @TempDir private Path folder;

  @Test
  void nothingIsLostInThreeQuartersOfAMinute() throws Exception {
    play(45, Long.getLong("chaos.seed", 20_261_128L));
  }

  @Test
  @Tag("long")
  void nothingIsLostInTwentyMinutes() throws Exception {
    play(Integer.getInteger("chaos.seconds", 1_200), Long.getLong("chaos.seed", 7L));
  }

  private void play(int seconds, long seed) throws Exception {
    assumeTrue(Programs.succeeds("python3", "--version"), "the agents need python3");
    Path disk = Files.createDirectories(folder.resolve("disk"));
    boolean small =
        Programs.succeeds("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
    try {
      playOn(disk, small, seconds, seed);
    } finally {
      if (small) {
        assertThat(Programs.succeeds("umount", "-l", disk.toString())).isTrue();
      }
    }
  }

  private void playOn(Path disk, boolean small, int seconds, long seed) throws Exception {
    Path store = disk.resolve("store.db");
    Path workspace = folder.resolve("workspace");
    fill(store);
    Path stop = folder.resolve("stop");
    List<Process> agents = new ArrayList<>();
    WindowActor window = new WindowActor(StoreLocation.of(store), workspace, folder, seed);
    OtherConsole other =
        new OtherConsole(
            store.toString(), List.of(), workspace, folder.resolve("other.log"), seed + 1);
    Random dice = new Random(seed + 2);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (ExecutorService actors = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < AGENTS; i++) {
        agents.add(agent(store, i, seed, stop));
      }
      List<Future<?>> running = new ArrayList<>();
      running.add(actors.submit(() -> until(end, window::visit)));
      running.add(actors.submit(() -> until(end, other::runOne)));
      running.add(
          actors.submit(
              () -> until(end, () -> lockJournal(workspace.resolve("journal.db"), dice))));
      if (small) {
        running.add(actors.submit(() -> until(end, () -> fillDisk(disk))));
      }
      for (Future<?> actor : running) {
        actor.get();
      }
    } finally {
      Files.createFile(stop);
      for (Process agent : agents) {
        agent.waitFor(60, TimeUnit.SECONDS);
        agent.destroyForcibly();
      }
    }
    window.finish();
    List<Acknowledged> writes = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      assertThat(agents.get(i).exitValue()).isZero();
      writes.addAll(Acknowledged.in(folder.resolve("agent" + i), "agent" + i));
    }
    Oracle oracle = new Oracle();
    List<String> violations = oracle.violations(writes, window.restores(), store);
    System.out.printf(
        "chaos: seed %d, %d s: %d writes of agents, %d looked for; window: %s; other: %s%n",
        seed, seconds, writes.size(), oracle.checked(), window.counts(), other.counts());
    assertThat(violations).isEmpty();
    assertThat(writes).hasSizeGreaterThan(seconds);
  }

  private static void fill(Path store) throws InterruptedException {
    try (SqliteStore made = SqliteStore.create(store)) {
      made.insert(
          IntStream.range(0, ROWS)
              .mapToObj(
                  i ->
                      new MemoryEntry(
                          "r" + i,
                          "I prefer note " + i + ".",
                          "preference",
                          "global",
                          0.5,
                          1_735_000_000_000L + i,
                          "{}",
                          0))
              .toList(),
          ExistingRows.SKIP);
    }
  }

  private Process agent(Path store, int number, long seed, Path stop) throws IOException {
    Path script = folder.resolve("agent.py");
    if (!Files.exists(script)) {
      try (InputStream in =
          Objects.requireNonNull(ChaosTest.class.getResourceAsStream("agent.py"))) {
        Files.copy(in, script);
      }
    }
    return new ProcessBuilder(
            "python3",
            script.toString(),
            store.toString(),
            String.valueOf(number),
            String.valueOf(seed * 31 + number),
            stop.toString(),
            folder.resolve("agent" + number).toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("agent" + number + ".log").toFile())
        .start();
  }

  /** What an actor does again and again. */
  interface Deed {
    void run() throws Exception;
  }

  static int until(long end, Deed deed) throws Exception {
    int times = 0;
    while (System.nanoTime() < end) {
      deed.run();
      times++;
    }
    return times;
  }

  /** Another program at the journal, for longer than anybody may wait under a store's lock. */
  static void lockJournal(Path journal, Random dice) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(2_000 + dice.nextInt(4_000));
    if (!Files.exists(journal)) {
      return;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 2000");
      statement.execute("BEGIN IMMEDIATE");
      TimeUnit.MILLISECONDS.sleep(200 + dice.nextInt(1_800));
      statement.execute("ROLLBACK");
    } catch (SQLException busy) {
      // Somebody else has it: just as well.
      Thread.onSpinWait();
    }
  }

  private static void fillDisk(Path disk) throws InterruptedException, IOException {
    TimeUnit.SECONDS.sleep(6);
    Path filler = disk.resolve("filler");
    try {
      Programs.succeeds("dd", "if=/dev/zero", "of=" + filler, "bs=64k");
      TimeUnit.MILLISECONDS.sleep(300);
    } finally {
      Files.deleteIfExists(filler);
    }
  }
}
