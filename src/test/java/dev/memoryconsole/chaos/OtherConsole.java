package dev.memoryconsole.chaos;

import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line in processes of its own, which are left in peace, stopped, ended or killed. */
final class OtherConsole {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("upgrade", "--no-llm", "--limit", "25"),
          List.of("upgrade", "--no-llm", "--limit", "40", "--commit", "cas"),
          List.of("resume", "--no-llm"),
          List.of("retry", "--no-llm"),
          List.of("undo", "--run"),
          List.of("snapshot"),
          List.of("stats"),
          List.of("list"),
          List.of("runs"));

  private final String store;
  private final List<String> java;
  private final Path workspace;
  private final Path log;
  private final Random dice;
  private int started;
  private int killed;

  /**
   * On one store.
   *
   * @param store as somebody types it
   * @param java what the processes are told beside
   */
  OtherConsole(String store, List<String> java, Path workspace, Path log, long seed) {
    this.store = store;
    this.java = Stream.concat(Stream.of("-Xmx160m"), java.stream()).toList();
    this.workspace = workspace;
    this.log = log;
    this.dice = new Random(seed);
  }

  /** How many processes were started, and how many of them killed. */
  String counts() {
    return started + " commands, " + killed + " of them killed";
  }

  /** One command and what becomes of it; fails if it ends as no command may. */
  void runOne() throws IOException, InterruptedException {
    Process process = start(COMMANDS.get(dice.nextInt(COMMANDS.size())));
    started++;
    try {
      boolean disturbed = disturb(process);
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        throw new AssertionError("A command hangs:\n" + said());
      }
      String said = said();
      if (!disturbed && (process.exitValue() > 2 || said.contains("\tat "))) {
        throw new AssertionError("Exit code " + process.exitValue() + ":\n" + said);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether the process was told or made to end. */
  private boolean disturb(Process process) throws IOException, InterruptedException {
    int fate = dice.nextInt(6);
    if (fate >= 3 || process.waitFor(300 + dice.nextInt(2_500), TimeUnit.MILLISECONDS)) {
      return false;
    }
    switch (fate) {
      case 0 -> {
        killed++;
        process.destroyForcibly();
      }
      case 1 -> process.destroy();
      default -> {
        Programs.signal(process, "STOP");
        process.waitFor(500 + dice.nextInt(3_000), TimeUnit.MILLISECONDS);
        Programs.signal(process, "CONT");
        return false;
      }
    }
    return true;
  }

  private String said() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  private Process start(List<String> words) throws IOException {
    List<String> command =
        OtherJava.command(java, "dev.memoryconsole.Launcher", words.getFirst(), store);
    command.addAll(words.subList(1, words.size()));
    if (words.getFirst().equals("undo")) {
      command.add(String.valueOf(1 + dice.nextInt(Math.max(1, started))));
    }
    command.addAll(List.of("--workspace", workspace.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
