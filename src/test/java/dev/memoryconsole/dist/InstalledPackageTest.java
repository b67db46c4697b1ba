package dev.memoryconsole.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.about.Build;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, unpacked into an empty folder and run where no Java is on the path. {@code
 * mvn -DskipTests -Ppackage verify} makes it; without one the tests are skipped, unless {@code
 * -Dpackage.required=true} says that it has to be there.
 */
@Timeout(300)
@Tag("slow")
class InstalledPackageTest {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Path PACKAGES = Path.of("target", "package");

  @TempDir private static Path root;
  private static final List<Process> STARTED = new ArrayList<>();
  private static Path home;
  private static Path workspace;
  private static Path store;

  /** What a command said and how it ended. */
  private record Said(int code, String text) {}

  @BeforeAll
  static void install() throws Exception {
    Optional<Path> made = made();
    assumeTrue(made.isPresent() || Boolean.getBoolean("package.required"), "no package was made");
    Path deb = made.orElseThrow(() -> new AssertionError("There is no package in " + PACKAGES));
    assertThat(Programs.succeeds("dpkg", "-x", deb.toString(), root.toString())).isTrue();
    home = Files.createDirectory(root.resolve("home"));
    workspace = home.resolve("w");
    store = home.resolve("demo.db");
    Path demo = Path.of("assets", "demo", "demo-memories.json").toAbsolutePath();
    assertThat(run("import", store.toString(), demo.toString()).text())
        .contains("363 read: 363 added");
  }

  @AfterAll
  static void end() throws Exception {
    for (Process process : STARTED) {
      process.destroy();
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Optional<Path> made() throws IOException {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(PACKAGES)) {
      return files.filter(file -> file.toString().endsWith(".deb")).findFirst();
    }
  }

  private static Path installed(String place) {
    return root.resolve("opt/memory-console").resolve(place);
  }

  private static Process start(Map<String, String> environment, String... arguments)
      throws IOException {
    return start(installed("bin/memory-console"), environment, arguments);
  }

  private static Process start(Path program, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "--workspace", workspace.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("said" + STARTED.size() + ".txt").toFile());
    // Nothing of this machine: no Java that could be found, no settings of anybody.
    builder.environment().clear();
    builder.environment().putAll(Map.of("HOME", home.toString(), "PATH", "/nonexistent"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    STARTED.add(process);
    return process;
  }

  private static Said run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private static Said run(Map<String, String> environment, String... arguments) throws Exception {
    return end(start(environment, arguments));
  }

  private static Said end(Process process) throws Exception {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    int number = STARTED.indexOf(process);
    return new Said(process.exitValue(), Files.readString(root.resolve("said" + number + ".txt")));
  }

  @Test
  void aStoreIsUpgradedAndShownWhereThereIsNoJava() throws Exception {
    Said legacy =
        run("list", store.toString(), "--json", "--where", "state:legacy", "--limit", "1");
    String id = new ObjectMapper().readTree(legacy.text()).findValue("id").asText();
    assertThat(run("upgrade", store.toString(), "--no-llm", "--ids", id).code()).isZero();
    assertThat(run("diff", store.toString(), id).code()).isZero();
    assertThat(run("runs", store.toString()).code()).isZero();
    String version = Build.current().version();
    assertThat(run("--version").text()).startsWith("Memory Console " + version + " ");
    assertThat(made().orElseThrow().getFileName().toString())
        .startsWith("memory-console_" + version.replaceFirst("-.*", ""));
    assertThat(run("stats", "gone.db").code()).isEqualTo(2);
    // Served figures, and what they measure, need modules that a trimmed Java may lack.
    assertThat(installed("lib/runtime/release"))
        .content()
        .contains("jdk.httpserver", "jdk.management");
  }

  @Test
  void aLinkToTheProgramTakesEveryWordAsItIs() throws Exception {
    Path link = root.resolve("a link");
    Files.createSymbolicLink(link, installed("bin/memory-console"));
    Said said = end(start(link, Map.of(), "stats", "it's $HOME \"gone\" * .db"));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.text()).contains("it's $HOME \"gone\" * .db");
  }

  @Test
  void aStartFindsItsClassesInTheCache() throws Exception {
    Path log = root.resolve("classes.txt");
    run(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log), "stats", store.toString());
    List<String> ours;
    try (Stream<String> lines = Files.lines(log)) {
      ours = lines.filter(line -> line.contains(" dev.memoryconsole.")).toList();
    }
    long cached = ours.stream().filter(line -> line.contains("shared objects file")).count();
    assertThat(ours).hasSizeGreaterThan(100);
    // With the window's cache these would be loaded as well.
    assertThat(ours).noneMatch(line -> line.contains(" dev.memoryconsole.ui.shell."));
    assertThat((double) cached / ours.size()).isGreaterThan(0.9);
  }

  @Test
  void aCommandUnpacksNothing() throws Exception {
    String nowhere = "-Djava.io.tmpdir=" + root.resolve("no-folder-of-this-name");
    Said said = run(Map.of("JAVA_TOOL_OPTIONS", nowhere), "stats", store.toString());
    assertThat(said.code()).as(said.text()).isZero();
  }

  @Test
  void theWindowOpensOnAStore() throws Exception {
    String display = System.getenv("DISPLAY");
    assumeTrue(display != null && !display.isEmpty(), "there is no display");
    Process window = start(Map.of("DISPLAY", display), "open", store.toString());
    int number = STARTED.indexOf(window);
    String place = store.toRealPath().toString();
    SettingsFile settings = new SettingsFile(workspace.resolve("settings.json"));
    await().atMost(LONG).until(() -> settings.load().recentOrDefault().contains(place));
    // A second start finds it by its socket, and hands the store over.
    assertThat(run(Map.of("DISPLAY", display), store.toString()).code()).isZero();
    assertThat(window.isAlive()).isTrue();
    assertThat(root.resolve("said" + number + ".txt")).isEmptyFile();
  }

  @Test
  void whatASystemWantsToKnowIsInside() throws Exception {
    assertThat(installed("lib/share/man/memory-console.1")).content().contains(".SH \"NAME\"");
    assertThat(installed("lib/share/man/memory-console-upgrade.1")).content().contains("no\\-llm");
    assertThat(installed("lib/share/completion/memory-console")).content().contains("upgrade");
    assertThat(
            Programs.succeeds(
                "bash", "-n", installed("lib/share/completion/memory-console").toString()))
        .isTrue();
    assertThat(installed("lib/share/linux/memory-console.desktop"))
        .content()
        .contains("Exec=/opt/memory-console/bin/memory-console %f")
        .contains("MimeType=application/vnd.memory-console.store;");
    assertThat(installed("lib/share/linux/integrate")).isExecutable();
    assertThat(installed("lib/share/icons/16.png")).exists();
    String bom = Files.readString(installed("lib/share/sbom.cdx.json"));
    assertThat(bom).contains("CycloneDX", "sqlite-jdbc", "lance-core").doesNotContain("junit");
    String inside = Files.readString(installed("lib/share/licences/THIRD-PARTY.txt"));
    assertThat(inside).contains("javafx base", "GPL-2.0-with-classpath-exception");
    try (Stream<String> lines = inside.lines()) {
      for (String licence :
          lines
              .filter(line -> line.startsWith("  "))
              .flatMap(line -> Stream.of(line.strip().split(", ")))
              .distinct()
              .toList()) {
        assertThat(installed("lib/share/licences/" + licence + ".txt")).exists();
      }
    }
  }

  @Test
  void theMenuEntryIsOneThatSystemsTake() throws Exception {
    assumeTrue(
        Programs.succeeds("desktop-file-validate", "--help"), "there is no desktop-file-validate");
    assertThat(
            Programs.succeeds(
                "desktop-file-validate",
                installed("lib/share/linux/memory-console.desktop").toString()))
        .isTrue();
  }

  @Test
  void nothingOfOtherSystemsIsInside() throws Exception {
    try (Stream<Path> jars = Files.list(installed("lib/app"))) {
      List<String> names =
          jars.map(jar -> String.valueOf(jar.getFileName()))
              .filter(name -> name.endsWith(".jar"))
              .toList();
      assertThat(names)
          .as("of other versions")
          .noneMatch(
              name ->
                  name.startsWith("memory-console-")
                      && !name.startsWith("memory-console-" + Build.current().version()))
          .noneMatch(name -> name.contains("junit") || name.contains("picocli-codegen"))
          .noneMatch(name -> name.startsWith("sqlite-jdbc") || name.startsWith("lance-core"));
    }
    tellTheSize();
  }

  private static void tellTheSize() throws IOException {
    double caches =
        megabytes(installed("lib/app/memory-console.aot"))
            + megabytes(installed("lib/app/memory-console-commands.aot"));
    System.out.printf(
        Locale.ROOT,
        "package: deb %.1f MB; installed %.1f MB: Java %.1f, jars %.1f, caches for starts %.1f%n",
        megabytes(made().orElseThrow()),
        megabytes(installed("")),
        megabytes(installed("lib/runtime")),
        megabytes(installed("lib/app")) - caches,
        caches);
  }

  private static double megabytes(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes / 1e6;
    }
  }
}
