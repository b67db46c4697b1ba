package dev.memoryconsole.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two builds of the same sources, in other folders, time zones and languages, make the same bytes.
 * A minute or two on two cores: {@code mvn test -Plong -Dtest=ReproducibleBuildTest}.
 */
@Tag("long")
class ReproducibleBuildTest {
  private static final long MINUTES = 30;

  @TempDir private Path folder;

  @Test
  void twoBuildsMakeTheSameBytes() throws Exception {
    Assumptions.assumeTrue(Programs.succeeds("mvn", "--version"), "there is no Maven on the path");
    Map<String, String> first = build("one", Map.of("TZ", "UTC", "LC_ALL", "C.UTF-8"));
    Map<String, String> second =
        build("another place", Map.of("TZ", "Asia/Shanghai", "LC_ALL", "zh_CN.UTF-8"));
    assertThat(first).containsKey("bin/memory-console").hasSizeGreaterThan(40);
    assertThat(second).isEqualTo(first);
  }

  private Map<String, String> build(String name, Map<String, String> environment) throws Exception {
    Path copy = folder.resolve(name);
    for (String file : sources()) {
      Path to = copy.resolve(file);
      Files.createDirectories(to.getParent());
      Files.copy(Path.of(file), to);
    }
    Path said = folder.resolve(name + ".txt");
    ProcessBuilder maven =
        new ProcessBuilder("mvn", "-B", "-q", "-Dmaven.test.skip=true", "package")
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    maven.environment().putAll(environment);
    Process process = maven.start();
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    return hashes(copy.resolve("target/memory-console"));
  }

  private static List<String> sources() throws Exception {
    Process git = new ProcessBuilder("git", "ls-files", "-z").start();
    String files = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).isZero();
    return List.of(files.split("\0"));
  }

  private static Map<String, String> hashes(Path place) throws Exception {
    Map<String, String> found = new TreeMap<>();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(place.relativize(file).toString(), hash(digest, file));
      }
    }
    return found;
  }

  private static String hash(MessageDigest digest, Path file) throws IOException {
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
