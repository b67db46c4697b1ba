package dev.memoryconsole.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.Launcher;
import dev.memoryconsole.testing.ManyRows;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much memory the program itself takes, in a process of its own with the flags that its
 * launcher gives it: the window on 1,000,000 rows, scrolled, sorted, filtered and looked through,
 * and the upgrade of what is legacy among them, its undo too. Not a test: {@code mvn test -Pbench
 * -Dtest=MemoryBenchmark}; with a display where there is one. A store that is there already saves
 * minutes: {@code -Dbench.store=FILE}, which is copied; {@code -Dbench.limit=N} upgrades fewer.
 */
@Tag("bench")
class MemoryBenchmark {
  private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
  private static final int MOST = Integer.getInteger("bench.limit", Integer.MAX_VALUE);
  private static final int WORDS = 14;
  private static final int LIMIT_MEGABYTES = 512;
  private static final int KILOBYTES = 1024;
  private static final long SAMPLE_MILLIS = 200;
  private static final Path LAUNCHER = Path.of("src/main/dist/bin/memory-console");
  private static final Pattern FLAGS = Pattern.compile("^flags=\"([^\"]+)\"", Pattern.MULTILINE);

  @TempDir private static Path shared;
  private static Path store;

  @TempDir private Path home;
  private final PrintStream out = System.out;

  @BeforeAll
  static void fill() throws SQLException, IOException {
    store = shared.resolve("million.db");
    String made = System.getProperty("bench.store");
    if (made == null) {
      ManyRows.fill(store, ROWS, WORDS);
    } else {
      Files.copy(Path.of(made), store);
    }
  }

  @Test
  void theWindow() throws Exception {
    List<String> program = new ArrayList<>();
    if (System.getenv("DISPLAY") == null) {
      program.add("-Dglass.platform=Headless");
      program.add("-Dprism.order=sw");
    }
    program.addAll(List.of("-cp", System.getProperty("java.class.path")));
    program.addAll(List.of(WalkedWindow.class.getName(), String.valueOf(ROWS), store.toString()));
    tell("the window", most("window", program));
  }

  @Test
  void anUpgradeAndItsUndo() throws Exception {
    List<String> upgrade = List.of("upgrade", store.toString(), "--no-llm", "--no-snapshot");
    tell("upgrade", most("upgrade", command(upgrade, "--limit", String.valueOf(MOST))));
    tell("undo", most("undo", command(List.of("undo", store.toString()), "--run=1")));
  }

  private List<String> command(List<String> words, String... more) {
    List<String> program = new ArrayList<>();
    program.addAll(List.of("-cp", System.getProperty("java.class.path")));
    program.add(Launcher.class.getName());
    program.addAll(words);
    program.addAll(List.of(more));
    program.addAll(List.of("--workspace", home.resolve("workspace").toString()));
    return program;
  }

  /** Runs it to its end; answers the most that it had in memory, in kilobytes. */
  private long most(String name, List<String> program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(flags());
    command.add("-Duser.home=" + home);
    command.addAll(program);
    File said = home.resolve(name + ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
    builder.environment().keySet().removeIf(key -> key.startsWith("XDG_"));
    builder.environment().put("HOME", home.toString());
    // The program asks for it before it opens a window; one without a screen needs none.
    builder.environment().putIfAbsent("DISPLAY", ":0");
    Process running = builder.start();
    long most = 0;
    while (!running.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      most = Math.max(most, highWater(running.pid()));
    }
    out.print(Files.readString(said.toPath()));
    assertThat(running.exitValue()).isZero();
    return most;
  }

  /** What the launcher starts Java with. */
  private static List<String> flags() throws IOException {
    Matcher found = FLAGS.matcher(Files.readString(LAUNCHER));
    assertThat(found.find()).isTrue();
    List<String> flags = List.of(found.group(1).replace("\\\n", " ").trim().split("\\s+"));
    assertThat(flags).anyMatch(flag -> flag.startsWith("-Xms"));
    return flags;
  }

  private static long highWater(long process) throws IOException {
    Path status = Path.of("/proc", String.valueOf(process), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private void tell(String what, long kilobytes) {
    long megabytes = kilobytes / KILOBYTES;
    out.printf(
        Locale.ROOT,
        "%-12s most resident %,d MB, limit %d MB: %s%n",
        what,
        megabytes,
        LIMIT_MEGABYTES,
        megabytes <= LIMIT_MEGABYTES ? "kept" : "NOT KEPT");
  }
}
