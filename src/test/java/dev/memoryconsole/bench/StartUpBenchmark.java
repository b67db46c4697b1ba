package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.settings.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the packaged program takes to a window that can be used, and to the end of a small
 * command, with its cache of classes and without, beside an empty window of the same Java and
 * flags, in turn. Needs a display and what {@code mvn -DskipTests -Ppackage verify} leaves.
 *
 * <p>Not a test: {@code xvfb-run -a mvn test -Pbench -Dtest=StartUpBenchmark}, with {@code
 * -Dbench.rounds=N} for more than seven of each.
 */
@Tag("bench")
class StartUpBenchmark {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Path IMAGE = Path.of("target", "package", "memory-console");
  private static final Path CFG = IMAGE.resolve("lib/app/memory-console.cfg");
  private static final Pattern SHOWN = Pattern.compile("was shown (\\d+) ms");

  @TempDir private Path folder;
  private final PrintStream out = System.out;
  private Path store;
  private int number;

  @BeforeEach
  void makeStore() throws Exception {
    assertThat(CFG).as("a package: mvn -DskipTests -Ppackage verify").exists();
    store = folder.resolve("small.db");
    Path demo = Path.of("assets", "demo", "demo-memories.json");
    run(packaged(List.of(), "import", store.toString(), demo.toString()));
  }

  @Test
  void howLongAStartTakes() throws Exception {
    double[] empty = new double[ROUNDS];
    double[] cachedEmpty = new double[ROUNDS];
    double[] plain = new double[ROUNDS];
    double[] cached = new double[ROUNDS];
    double[] plainStats = new double[ROUNDS];
    double[] cachedStats = new double[ROUNDS];
    Path cache = folder.resolve("empty.aot");
    run(emptyWindow(List.of("-XX:AOTCacheOutput=" + cache)));
    assertThat(cache).exists();
    for (int i = 0; i < ROUNDS; i++) {
      empty[i] = said(run(emptyWindow(List.of())));
      cachedEmpty[i] = said(run(emptyWindow(List.of("-XX:AOTCache=" + cache))));
      plain[i] = shown(without("open", store.toString()));
      cached[i] = shown(packaged(List.of(), "open", store.toString()));
      plainStats[i] = millis(without("stats", store.toString()));
      cachedStats[i] = millis(packaged(List.of(), "stats", store.toString()));
    }
    double limit = BenchStore.median(empty);
    tell("empty window", empty, limit);
    tell("empty window with a cache", cachedEmpty, limit);
    tell("window without a cache", plain, limit);
    tell("window (at most 1.3)", cached, limit);
    tell("stats without a cache", plainStats, BenchStore.median(plainStats));
    tell("stats (at most 400 ms)", cachedStats, BenchStore.median(plainStats));
  }

  private void tell(String what, double[] millis, double limit) {
    double median = BenchStore.median(millis);
    out.printf(Locale.ROOT, "%-28s %,6.0f ms, ratio %.2f%n", what, median, median / limit);
  }

  private static List<String> javaOptions() throws IOException {
    try (Stream<String> lines = Files.lines(CFG)) {
      return lines
          .filter(line -> line.startsWith("java-options=-X") || line.startsWith("java-options=--"))
          .map(line -> line.substring("java-options=".length()))
          .filter(line -> !line.contains("AOTCache"))
          .toList();
    }
  }

  private List<String> emptyWindow(List<String> more) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(IMAGE.resolve("lib/runtime/bin/java").toString()));
    command.addAll(javaOptions());
    command.addAll(more);
    List<String> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(IMAGE.resolve("lib/app"))) {
      files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("javafx-"))
          .map(Path::toString)
          .sorted()
          .forEach(jars::add);
    }
    // A cache knows jars only, no folders of classes.
    Path jar = folder.resolve("empty.jar");
    if (!Files.exists(jar)) {
      pack(jar);
    }
    jars.add(jar.toString());
    command.addAll(List.of("-cp", String.join(":", jars), EmptyWindow.class.getName()));
    return command;
  }

  private static void pack(Path jar) throws IOException {
    Path classes = Path.of("target", "test-classes");
    try (JarOutputStream made = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(classes.resolve("dev/memoryconsole/bench"))) {
      for (Path file :
          files.filter(at -> String.valueOf(at.getFileName()).startsWith("EmptyWindow")).toList()) {
        made.putNextEntry(new JarEntry("dev/memoryconsole/bench/" + file.getFileName()));
        Files.copy(file, made);
      }
    }
  }

  private List<String> packaged(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>(flags);
    command.add(IMAGE.resolve("bin/memory-console").toString());
    command.addAll(List.of("--workspace", folder.resolve("w" + number++).toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The same without what it knows of earlier starts: what is said first is overridden. */
  private List<String> without(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(IMAGE.resolve("lib/runtime/bin/java").toString()));
    command.addAll(javaOptions());
    command.addAll(
        List.of(
            "-cp",
            IMAGE.resolve("lib/app") + "/*",
            "dev.memoryconsole.Launcher",
            "--workspace",
            folder.resolve("w" + number++).toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Path run(List<String> command) throws Exception {
    Path said = folder.resolve("said" + number++ + ".txt");
    Process process = new ProcessBuilder(command).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return said;
  }

  private static double said(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return Double.parseDouble(
        lines.stream().filter(line -> line.matches("\\d+")).findFirst().orElseThrow());
  }

  private double millis(List<String> command) throws Exception {
    long start = System.nanoTime();
    run(command);
    return (System.nanoTime() - start) / 1e6;
  }

  private double shown(List<String> command) throws Exception {
    Path log =
        new Workspace(Path.of(command.get(command.indexOf("--workspace") + 1)))
            .logs()
            .resolve("memory-console.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said" + number++ + ".txt").toFile())
            .start();
    try {
      await().atMost(LONG).until(() -> Files.exists(log) && find(log).find());
      Matcher found = find(log);
      assertThat(found.find()).isTrue();
      return Double.parseDouble(found.group(1));
    } finally {
      process.destroy();
      process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static Matcher find(Path log) throws IOException {
    return SHOWN.matcher(Files.readString(log));
  }
}
