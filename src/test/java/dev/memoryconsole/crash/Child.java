package dev.memoryconsole.crash;

import static dev.memoryconsole.store.postgres.PostgresServer.PASSWORD_FILE;

import dev.memoryconsole.testing.OtherJava;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run in a process of its own and answers how that ended.
 *
 * @param classPath the tapped driver first, then this program's; nothing but jars
 * @param archive the classes as the first undisturbed run had loaded them: half of a short run is
 *     spent on loading them
 */
record Child(String classPath, Path archive) {
  private static final int SIGKILL = 137;
  private static final String MEND = "-Dmend";

  /** Makes ready what all processes share, in a folder that stays. */
  static Child in(Path folder) throws Exception {
    Path driver = folder.resolve("driver");
    TappedDriver.writeTo(driver);
    List<String> all = new ArrayList<>();
    all.add(driver.toString());
    all.addAll(List.of(OtherJava.classPath().split(File.pathSeparator)));
    List<String> jars = new ArrayList<>();
    for (String entry : all) {
      Path path = Path.of(entry);
      jars.add(
          Files.isDirectory(path)
              ? jar(path, folder.resolve("classes-" + jars.size() + ".jar")).toString()
              : entry);
    }
    return new Child(String.join(File.pathSeparator, jars), folder.resolve("classes.jsa"));
  }

  /** A folder of classes as a jar: an archive of loaded classes knows no folders. */
  private static Path jar(Path folder, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /**
   * How the process ended.
   *
   * @param code its exit code
   * @param said what it wrote
   */
  record End(int code, String said) {
    boolean wasKilled() {
      return code == StepTap.HALTED || code == SIGKILL;
    }
  }

  /** A run that is halted at the n-th time of a step. */
  End haltedAt(Site site, String kind, String step, int count) throws Exception {
    return run(site, kind, null, "-Dtap.step=" + step, "-Dtap.count=" + count);
  }

  /** A run that finds its file spoiled at the n-th time of a step. */
  End spoiledAt(Site site, String kind, String step, int count, String fault) throws Exception {
    return run(
        site,
        kind,
        null,
        "-Dtap.step=" + step,
        "-Dtap.count=" + count,
        "-Dtap.fault=" + fault,
        patience(fault));
  }

  /** A journal that somebody keeps locked is not waited for as long: what follows is the same. */
  private static String patience(String fault) {
    return "-Dmemoryconsole.journal.patience=" + (fault.equals("locked") ? 500 : 10_000);
  }

  /** The same; then it is mended, and the run resumed by the same process. */
  End spoiledAndMended(Site site, String kind, String step, int count, String fault)
      throws Exception {
    return run(
        site,
        kind,
        null,
        "-Dtap.step=" + step,
        "-Dtap.count=" + count,
        "-Dtap.fault=" + fault,
        patience(fault),
        MEND);
  }

  /** A run that is killed from outside so many milliseconds after it was ready. */
  End killedAfter(Site site, String kind, long millis) throws Exception {
    return run(site, kind, millis);
  }

  /** A run that nobody disturbs. */
  End undisturbed(Site site, String kind) throws Exception {
    return run(site, kind, null);
  }

  private End run(Site site, String kind, @Nullable Long killAfter, String... properties)
      throws Exception {
    Process process = start(site, kind, properties);
    StringBuilder said = new StringBuilder();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.append(line).append('\n');
        if (killAfter != null && line.equals("ready")) {
          boolean ended = process.waitFor(killAfter, TimeUnit.MILLISECONDS);
          if (!ended) {
            process.destroyForcibly();
          }
        }
      }
    } catch (IOException closedByTheKill) {
      said.append("(killed)\n");
    }
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("hangs: " + said);
    }
    return new End(process.exitValue(), said.toString());
  }

  private Process start(Site site, String kind, String... properties) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                // An archive that does not fit costs time and no more.
                "-Xlog:disable",
                (Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=")
                    + archive,
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + site.folder(),
                "-D%s=%s".formatted(PASSWORD_FILE, System.getProperty(PASSWORD_FILE, ""))));
    command.addAll(List.of(properties));
    command.addAll(
        List.of(
            "-cp",
            classPath,
            CrashMain.class.getName(),
            kind,
            site.memories().typed(),
            site.workspace().toString(),
            site.calls().toString()));
    if (List.of(properties).contains(MEND)) {
      command.add("mend");
    }
    return new ProcessBuilder(command)
        .directory(site.folder().toFile())
        .redirectErrorStream(true)
        .start();
  }
}
