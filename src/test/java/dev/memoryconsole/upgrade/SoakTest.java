package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.testing.MemoryFolder;
import dev.memoryconsole.testing.OtherJava;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents count in the metadata of rows that upgrades, retries and undos go over and over meanwhile.
 * In the end every counter of every row is exactly what was acknowledged, and nothing else is left.
 */
@Tag("slow")
class SoakTest extends UpgradeTestBase {
  private static final int WRITERS = 8;
  private static final int ROWS = 48;

  @TempDir(factory = MemoryFolder.class)
  private Path memory;

  private final long[][] acknowledged = new long[ROWS][SoakWriter.COUNTERS.size()];
  private int rounds;
  private long upgraded;
  private long undone;
  private long resumed;

  @Test
  void eightThreadsCountWhileRunsComeAndGo() throws Exception {
    List<String> ids = addLegacy(ROWS);
    soak(ids, threads(20_000));
    assertCountsAreExact(ids, 20_000);
  }

  @Test
  @Tag("long")
  void aMillionIncrementsByThreadsAndByProcesses() throws Exception {
    PrintStream out = System.out;
    int half = Integer.getInteger("soak.increments", 1_000_000) / 2;
    long start = System.nanoTime();
    List<String> ids = addLegacy(ROWS);
    soak(ids, threads(half));
    out.printf("soak: %,d increments by %d threads in %s%n", half, WRITERS, seconds(start));
    soak(ids, processes(half));
    assertCountsAreExact(ids, 2L * half);
    out.printf(
        "soak: %,d increments by %d threads, then %d processes, in %s;"
            + " %,d rounds, %,d rows upgraded, %,d taken back, %d runs resumed: sums exact%n",
        2 * half, WRITERS, WRITERS, seconds(start), rounds, upgraded, undone, resumed);
  }

  private static String seconds(long start) {
    return (System.nanoTime() - start) / 1_000_000_000 + " s";
  }

  /** Every seventh call of the model fails, so that there is something to retry. */
  @BeforeEach
  void openInMemory() {
    folder = memory;
    AtomicInteger calls = new AtomicInteger();
    open(
        entry -> {
          if (calls.incrementAndGet() % 7 == 0) {
            throw new EnrichmentException(Message.verbatim("The model is out to lunch."));
          }
          return good(entry);
        });
  }

  private List<Callable<long[][]>> threads(int increments) {
    List<Callable<long[][]>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      SoakWriter writer = new SoakWriter(file(), ROWS, i);
      writers.add(() -> writer.write(increments / WRITERS));
    }
    return writers;
  }

  private List<Callable<long[][]>> processes(int increments) {
    List<Callable<long[][]>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int seed = 100 + i;
      writers.add(() -> inProcess(seed, increments / WRITERS));
    }
    return writers;
  }

  private long[][] inProcess(int seed, int increments) throws IOException, InterruptedException {
    Path counts = folder.resolve("counts-" + seed);
    Path log = folder.resolve("log-" + seed);
    Process process =
        new ProcessBuilder(
                OtherJava.command(
                    List.of("-Xmx128m"),
                    SoakWriter.class.getName(),
                    file(),
                    ROWS,
                    seed,
                    increments,
                    counts))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(counts).stream()
        .map(line -> line.split(" "))
        .map(parts -> new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])})
        .toArray(long[][]::new);
  }

  /** Upgrades, retries and takes back, over and over, until the last writer is done. */
  private void soak(List<String> ids, List<Callable<long[][]>> writers) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(writers.size());
    try {
      List<Future<long[][]>> counting = writers.stream().map(pool::submit).toList();
      do {
        round(ids);
      } while (counting.stream().anyMatch(writer -> !writer.isDone()));
      for (Future<long[][]> writer : counting) {
        add(writer.get());
      }
    } finally {
      pool.shutdownNow();
      pool.close();
    }
  }

  private void add(long[][] counts) {
    for (int row = 0; row < ROWS; row++) {
      for (int counter = 0; counter < counts[row].length; counter++) {
        acknowledged[row][counter] += counts[row][counter];
      }
    }
  }

  private void round(List<String> ids) throws InterruptedException {
    rounds++;
    RunProgress run = end(upgrades.upgrade(ids, PLAIN));
    int fellBack = run.count(EntryState.FALLBACK);
    assertThat(run.count(EntryState.UPGRADED) + fellBack).isEqualTo(ids.size());
    upgraded += ids.size();
    if (fellBack > 0) {
      RunProgress retry = end(upgrades.retry(run.run(), PLAIN));
      int retried = retry.count(EntryState.UPGRADED);
      // A retry that fails again keeps the first result.
      assertThat(retried + retry.count(EntryState.FALLBACK)).isEqualTo(fellBack);
      upgraded += retried;
      if (retried > 0) {
        takeBack(retry.run(), retried);
      }
    }
    long undo = takeBack(run.run(), ids.size());
    if (rounds % 3 == 0) {
      takeBack(takeBack(undo, ids.size()), ids.size());
    }
  }

  private long takeBack(long run, int rows) throws InterruptedException {
    RunProgress undo = end(upgrades.undo(run, List.of(), PLAIN));
    assertThat(undo.count(EntryState.UNDONE)).isEqualTo(rows);
    undone += rows;
    return undo.run();
  }

  /** Waits; a run that could not get the lock among so many writers goes on where it stopped. */
  private RunProgress end(RunHandle run) throws InterruptedException {
    RunProgress end = run.await();
    while (end.state() == RunState.INTERRUPTED) {
      resumed++;
      end = upgrades.resume(end.run(), PLAIN).await();
    }
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    return end;
  }

  private void assertCountsAreExact(List<String> ids, long increments) {
    long total = 0;
    for (int row = 0; row < ROWS; row++) {
      ObjectNode expected = MetadataJson.objectOrEmpty(null);
      for (int counter = 0; counter < SoakWriter.COUNTERS.size(); counter++) {
        total += acknowledged[row][counter];
        if (acknowledged[row][counter] > 0) {
          expected.put(SoakWriter.COUNTERS.get(counter), acknowledged[row][counter]);
        }
      }
      // Compared as text: a long and an int of one value are two nodes.
      assertThat(MetadataJson.object(row(ids.get(row)).metadata()).map(SoakTest::sorted))
          .hasValue(sorted(expected));
    }
    assertThat(total).isEqualTo(increments);
    assertThat(store.stats().legacy()).isEqualTo(ROWS);
  }

  private static String sorted(ObjectNode object) {
    return object.properties().stream().map(Object::toString).sorted().toList().toString();
  }
}
