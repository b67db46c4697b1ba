package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.Launcher;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.OtherJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, as a double click on a store and a second start begin it. */
@Timeout(300)
@Tag("ui")
@Tag("slow")
class OpenWindowTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Path workspace;
  private Path first;
  private Path second;

  @BeforeEach
  void makeStores() throws Exception {
    workspace = Files.createDirectory(folder.resolve("w")).toRealPath();
    first = store("first.db");
    second = store("mit Leerzeichen.db");
  }

  private Path store(String name) {
    Path file = folder.resolve(name);
    SqliteStore.create(file).close();
    return file.toAbsolutePath();
  }

  @AfterEach
  void end() throws Exception {
    for (Process process : started) {
      process.destroy();
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            OtherJava.command(
                List.of("-Dglass.platform=Headless", "-Dprism.order=sw"),
                Launcher.class.getName(),
                "--workspace",
                workspace));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said" + started.size() + ".txt").toFile());
    // It draws nowhere, but looks for one before it does.
    builder.environment().putIfAbsent("DISPLAY", ":none");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String said(int process) throws IOException {
    return Files.readString(folder.resolve("said" + process + ".txt"));
  }

  private List<String> opened() {
    return new SettingsFile(workspace.resolve("settings.json")).load().recentOrDefault();
  }

  private void assertThatItEnds(Process process, int code) throws Exception {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
  }

  private void untilOpened(Path store) throws Exception {
    String place = store.toRealPath().toString();
    await().atMost(LONG).until(() -> !opened().isEmpty() && opened().getFirst().equals(place));
  }

  @Test
  void aSecondStartHandsItsStoreToTheWindowThatIsOpen() throws Exception {
    Process window = start(first.toString());
    untilOpened(first);
    assertThatItEnds(start("open", second.toString()), 0);
    untilOpened(second);
    assertThatItEnds(start(), 0);
    assertThat(window.isAlive()).isTrue();
    assertThat(said(0) + said(1) + said(2)).isEmpty();
  }

  @Test
  void aWindowBeginsWithWhatWasOpenedLastUnlessThatIsSwitchedOff() throws Exception {
    SettingsFile settings = new SettingsFile(workspace.resolve("settings.json"));
    String last = second.toRealPath().toString();
    settings.update(now -> now.withRecent(last));
    // Opening it makes the journal, and no other file of the workspace does.
    Path journal = workspace.resolve("journal.db");
    settings.update(now -> now.withAppearance(Appearance.USUAL.withReopens(false)));
    Process without = start();
    await().atMost(LONG).until(() -> Files.exists(workspace.resolve("window.sock")));
    await().during(Duration.ofSeconds(3)).atMost(LONG).until(() -> Files.notExists(journal));
    assertThat(journal).doesNotExist();
    without.destroy();
    assertThat(without.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    settings.update(now -> now.withAppearance(Appearance.USUAL));
    start();
    await().atMost(LONG).until(() -> Files.exists(journal));
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    assertThatItEnds(start("open", folder.resolve("gone.db").toString()), 2);
    assertThat(said(0)).contains("There is nothing at", "gone.db, so nothing was opened.");
    assertThatItEnds(start(folder.resolve("gone.db").toString()), 2);
    assertThat(said(1)).contains("There is nothing at");
    assertThatItEnds(start("upgrad"), 2);
    assertThat(said(2)).contains("Unmatched argument", "upgrad");
  }
}
