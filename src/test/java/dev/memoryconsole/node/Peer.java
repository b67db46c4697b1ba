package dev.memoryconsole.node;

import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another process that is told by lines what to do and answers by lines. */
public final class Peer implements AutoCloseable {
  private static final String END = "\0end";
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Writer commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  Peer(List<String> command) throws IOException {
    this(command, Map.of());
  }

  private Peer(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    process = builder.start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual().name("peer-" + process.pid()).start(this::listen);
  }

  /** Starts a class of the tests in a JVM of its own. */
  public static Peer java(Class<?> main, List<String> flags, Object... arguments)
      throws IOException {
    return java(main, flags, Map.of(), arguments);
  }

  /** The same with these variables in its environment. */
  public static Peer java(
      Class<?> main, List<String> flags, Map<String, String> environment, Object... arguments)
      throws IOException {
    return new Peer(OtherJava.command(flags, main.getName(), arguments), environment);
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        answers.add(line);
      }
    } catch (IOException closedByItsEnd) {
      // The end is told below, whatever brought it.
    } finally {
      answers.add(END);
    }
  }

  /** Tells it to do something. */
  public void tell(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for an answer that begins with this word, and returns the rest of its line.
   *
   * @param others where other answers go meanwhile
   */
  public String expect(String word, List<String> others) throws InterruptedException {
    while (true) {
      String line = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null || line.equals(END) || line.startsWith("failed")) {
        throw new AssertionError("Waited for \"%s\", got: %s".formatted(word, line));
      }
      if (line.equals(word)) {
        return "";
      }
      if (line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
      others.add(line);
    }
  }

  /** Waits for an answer that begins with this word, ignoring others, and returns its rest. */
  public String expect(String word) throws InterruptedException {
    return expect(word, new ArrayList<>());
  }

  /** Waits for whatever it says next. */
  public String next() throws InterruptedException {
    String line = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return line == null ? "nothing" : line;
  }

  /** Ends it in the middle of everything. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Lets it stand still (SIGSTOP). */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on (SIGCONT). */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    if (!Programs.signal(process, name)) {
      throw new IOException("The signal " + name + " could not be sent.");
    }
  }

  @Override
  public void close() {
    kill();
  }
}
