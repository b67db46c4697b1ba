package dev.memoryconsole.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The other installer for Linux, made here of the image that {@code mvn -DskipTests -Ppackage
 * verify} left, by the same configuration. Skipped where there is no image or no rpmbuild.
 */
@Timeout(300)
@Tag("slow")
class RpmPackageTest {
  private static final long MINUTES = 4;
  private static final Path IMAGE = Path.of("target", "package", "memory-console");
  private static final String TIME = "1795910400";

  @TempDir private static Path folder;
  private static Path made;

  @BeforeAll
  static void make() throws Exception {
    assumeTrue(Programs.succeeds("rpmbuild", "--version"), "there is no rpmbuild");
    assumeTrue(Files.exists(IMAGE.resolve("lib/app/memory-console.aot")), "no package was made");
    run(
        Path.of(System.getProperty("java.home"), "bin", "jpackage").toString(),
        "@src/main/dist/package/linux.cfg",
        "--type",
        "rpm",
        "--app-version",
        "1.2.3",
        "--dest",
        folder.toString());
    try (Stream<Path> files = Files.list(folder)) {
      made = files.filter(file -> file.toString().endsWith(".rpm")).findFirst().orElseThrow();
    }
  }

  /** What it says. */
  private static String run(String... command) throws Exception {
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("SOURCE_DATE_EPOCH", TIME);
    Process process = builder.start();
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(said);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private static String ask(String... questions) throws Exception {
    return run(
        Stream.of(List.of("rpm", "-qp"), List.of(questions), List.of(made.toString()))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  @Test
  void everythingOfTheImageIsInside() throws Exception {
    List<String> inside = ask("-l").lines().toList();
    try (Stream<Path> files = Files.walk(IMAGE)) {
      List<String> image =
          files
              .filter(Files::isRegularFile)
              .map(file -> "/opt/memory-console/" + IMAGE.relativize(file))
              .filter(file -> !file.endsWith(".jpackage.xml") && !file.endsWith(".package"))
              .toList();
      assertThat(image).hasSizeGreaterThan(100);
      assertThat(inside)
          .containsAll(image)
          .contains(
              "/opt/memory-console/lib/share/man/memory-console.1",
              "/opt/memory-console/lib/share/completion/memory-console",
              "/opt/memory-console/lib/share/linux/memory-console.desktop",
              "/opt/memory-console/lib/share/linux/mime.xml");
    }
  }

  @Test
  void theSystemIsToldAndAnUpgradeTakesNothingBack() throws Exception {
    assertThat(ask("--scripts"))
        .contains("/opt/memory-console/lib/share/linux/integrate install")
        .contains("[ \"$1\" -gt 0 ] || /opt/memory-console/lib/share/linux/integrate remove");
  }

  @Test
  void whatItNeedsIsNamedAsEveryDistributionNamesIt() throws Exception {
    assertThat(ask("--requires").lines())
        .contains("libgtk-3.so.0()(64bit)")
        .noneMatch(RpmPackageTest::isDebians);
    assertThat(ask("--queryformat", "%{VERSION} %{LICENSE}")).isEqualTo("1.2.3 Apache-2.0");
  }

  private static boolean isDebians(String need) {
    return need.contains("libgtk-3-0");
  }

  @Test
  void theCacheForStartsFindsTheJarsAsOldAsItKnowsThem() throws Exception {
    assertThat(ask("--queryformat", "[%{FILEMTIMES}\n]").lines()).isNotEmpty().containsOnly(TIME);
  }
}
