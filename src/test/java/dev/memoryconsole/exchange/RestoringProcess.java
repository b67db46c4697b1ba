package dev.memoryconsole.exchange;

import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** Another process that restores a snapshot, and stops on its way until it is told to go on. */
final class RestoringProcess implements AutoCloseable {
  private static final String GO_ON = "go on";

  private final Process process;
  private final BufferedReader answers;

  /**
   * Starts one.
   *
   * @param promille how far it goes before it stops: 0 is before anything can have taken effect,
   *     1,000 when it has and nothing of that is recorded yet
   */
  RestoringProcess(Path folder, String snapshot, int promille) throws IOException {
    process = OtherJava.start(RestoringProcess.class, folder, snapshot, promille);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  /** The next line it says. */
  String says() throws IOException {
    return String.valueOf(answers.readLine());
  }

  void goOn() throws IOException {
    process.getOutputStream().write((GO_ON + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  static Upgrades open(Path folder) {
    return Services.upgrades(
        SqliteStore.open(folder.resolve("store.db")), folder.resolve("journal.db"));
  }

  static Snapshots snapshots(Path folder) {
    return new Snapshots(
        folder.resolve("snapshots"), Clock.systemUTC(), () -> new Retention(3, Long.MAX_VALUE));
  }

  /** That process. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int promille = Integer.parseInt(arguments[2]);
    Snapshots snapshots = snapshots(folder);
    boolean[] stopped = new boolean[1];
    try (Upgrades upgrades = open(folder)) {
      Snapshot snapshot = snapshots.find(upgrades.store().location(), arguments[1]);
      snapshots.restore(
          upgrades,
          snapshot,
          (done, total) -> {
            if (!stopped[0] && done >= promille) {
              stopped[0] = true;
              System.out.println("stopped");
              waitForWord();
            }
          });
      System.out.println("restored");
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void waitForWord() {
    try {
      while (System.in.read() != '\n') {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
