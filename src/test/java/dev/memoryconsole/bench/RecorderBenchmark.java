package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What it costs to record an acquisition, beside a commit of 10 rows, whose cost it must not show
 * in. Not a test: {@code mvn test -Pbench -Dtest=RecorderBenchmark}.
 */
@Tag("bench")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class RecorderBenchmark {
  private static final LockPurpose PURPOSE = new LockPurpose(LockPurpose.Kind.UPGRADE, 1, 1);

  /** A record that is on or off. */
  @State(Scope.Benchmark)
  public static class Recorded {
    @Param({"true", "false"})
    public boolean on;

    final LockMetrics metrics = new LockMetrics();

    @Setup
    public void set() {
      metrics.setOn(on);
    }
  }

  /** A store of ten rows, each commit of which is recorded. */
  @State(Scope.Benchmark)
  public static class TenRows {
    final List<String> ids = new ArrayList<>();
    private final Path folder;
    final SqliteStore store;
    int round;

    public TenRows() {
      try {
        folder = Files.createTempDirectory("recorder-benchmark");
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      store = SqliteStore.create(folder.resolve("store.db"));
    }

    @Setup(Level.Trial)
    public void fill() throws InterruptedException {
      List<MemoryEntry> rows = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        ids.add("m" + i);
        rows.add(new MemoryEntry("m" + i, "text " + i, "fact", null, 0.5, 1L, "{}", 0));
      }
      store.insert(rows, ExistingRows.SKIP);
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
      store.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void acquisition(LockMetrics metrics) {
    try (LiveAcquisition asking = metrics.asking(PURPOSE)) {
      asking.acquired();
      asking.ended(LockAcquisition.Outcome.RELEASED, 10);
    }
  }

  @Benchmark
  public void acquisition(Recorded recorded) {
    acquisition(recorded.metrics);
  }

  @Benchmark
  @Threads(2)
  public void acquisitionWithAnotherThread(Recorded recorded) {
    acquisition(recorded.metrics);
  }

  @Benchmark
  public Object commitOfTenRows(TenRows rows) throws InterruptedException {
    String metadata = "{\"x\":" + rows.round++ + "}";
    return rows.store.patch(rows.ids, Patches.of(row -> metadata), PURPOSE);
  }

  @Test
  void costOfAnAcquisitionBesideACommit() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder().include(RecorderBenchmark.class.getName() + "\\..*").build())
            .run();
    double recording = 0;
    double commit = 0;
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      double nanos = result.getPrimaryResult().getScore();
      if (name.equals("acquisition")) {
        recording = Math.max(recording, nanos);
      } else if (name.equals("commitOfTenRows")) {
        commit = nanos;
      }
    }
    PrintStream out = System.out;
    out.printf(
        "recording an acquisition: %.0f ns; a commit of 10 rows: %.0f ns; share %.4f %%%n",
        recording, commit, recording / commit * 100);
    assertThat(recording).isPositive();
    assertThat(commit).isPositive();
  }
}
