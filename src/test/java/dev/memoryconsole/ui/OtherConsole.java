package dev.memoryconsole.ui;

import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

/**
 * Another Memory Console at work on a store, in a process of its own: upgrades its memories as far
 * as it is allowed, and stays until it is killed or told to end.
 */
public final class OtherConsole implements AutoCloseable {
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  /** Starts it and waits until its run is recorded. */
  public OtherConsole(Path store, Path journal) throws IOException {
    process = OtherJava.start(OtherConsole.class, store, journal);
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    expect("started");
  }

  public long pid() {
    return process.pid();
  }

  /** Lets it enrich so many more, and waits until they have their outcome in the journal. */
  public void upgrade(int count) throws IOException {
    say(String.format(Locale.ROOT, "upgrade %d", count));
    expect("done");
  }

  public void pause() throws IOException {
    say("pause");
    expect("paused");
  }

  /** Ends it in the middle of everything. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  private void say(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
  }

  private void expect(String word) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.equals(word)) {
        return;
      }
    }
    throw new IOException("The other console ended before it said " + word + ".");
  }

  /** The other process: a store and a journal. */
  public static void main(String[] arguments) throws Exception {
    ScriptedEnricher enricher = new ScriptedEnricher();
    enricher.hold();
    UpgradeService upgrades =
        new UpgradeService(
            SqliteStore.open(Path.of(arguments[0])),
            new SqliteJournal(Path.of(arguments[1])),
            enricher,
            Clock.systemUTC());
    EntryQuery legacy = EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY));
    RunHandle run =
        upgrades.upgrade(
            legacy, Integer.MAX_VALUE, UpgradeOptions.DEFAULT.withBatchSize(1).withConcurrency(1));
    System.out.println("started");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int wanted = 0;
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.equals("pause")) {
        run.pause();
        while (upgrades.run(run.id()).orElseThrow().state() != run.progress().state()) {
          Thread.onSpinWait();
        }
        System.out.println("paused");
      } else {
        int count = Integer.parseInt(line.substring("upgrade ".length()));
        wanted += count;
        enricher.permit(count);
        while (run.progress().done() < wanted) {
          Thread.onSpinWait();
        }
        // Reading has the journal write what it still keeps.
        upgrades.run(run.id());
        System.out.println("done");
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
