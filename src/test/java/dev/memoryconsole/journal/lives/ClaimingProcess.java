package dev.memoryconsole.journal.lives;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Plans;
import dev.memoryconsole.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Another process that shares a journal and does as it is told. */
final class ClaimingProcess implements AutoCloseable {
  static final String STORE = "/stores/a.db";

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  /**
   * Starts one.
   *
   * @param prefix what to start it with
   * @param environment more of it
   */
  ClaimingProcess(Path journal, List<String> prefix, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(OtherJava.command(ClaimingProcess.class, journal));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    process = builder.start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static ClaimingProcess on(Path journal) throws IOException {
    return new ClaimingProcess(journal, List.of(), Map.of());
  }

  /** Tells it something and answers what it says to that. */
  String ask(String command) throws IOException {
    tell(command);
    return String.valueOf(answers.readLine());
  }

  void tell(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
  }

  void signal(String signal) {
    Programs.signal(process, signal);
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** That process. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Journal journal = new SqliteJournal(Path.of(arguments[0]))) {
      long run = 0;
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", -1);
        try {
          switch (words[0]) {
            case "start" -> {
              run = journal.runs().start(plan(Integer.parseInt(words[1])), 1).orElseThrow();
              System.out.println(run);
            }
            case "announce" -> {
              journal
                  .entries()
                  .write(
                      run,
                      List.of(
                          EntryChange.committing(0, 7L, new EntryChange.Image("old", "theirs"))));
              System.out.println("done");
            }
            case "confirm" -> {
              journal.entries().confirm(run, List.of());
              System.out.println("done");
            }
            case "end" -> {
              journal
                  .runs()
                  .update(run, RunState.COMPLETED, 1, LockSummary.NONE, ModelUsage.NONE, 9L);
              System.out.println("done");
            }
            case "look" ->
                System.out.println(
                    journal.runs().latest(STORE, 9).stream().map(RunRecord::state).toList());
            default -> throw new IllegalArgumentException(line);
          }
        } catch (JournalException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  static RunPlan plan(int entries) {
    return Plans.upgrade(STORE, IntStream.range(0, entries).mapToObj(i -> "m" + i).toList());
  }
}
