package dev.memoryconsole.app;

import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.WindowRehearsal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the program does so that Java can note which classes a start needs (an AOT cache, JEP 514):
 * a few commands on a store of its own, and the window with each of its screens, on no display; or
 * the commands alone, for a cache that is mapped and linked in half the time. Leaves nothing
 * behind.
 */
public final class Rehearsal {
  private static final List<String> ALL = List.of("--rehearse");
  private static final List<String> COMMANDS = List.of("--rehearse", "commands");

  private Rehearsal() {}

  /** Tells whether the command line asks for it; whoever starts Java says where the notes go. */
  public static boolean isAskedFor(String[] arguments) {
    List<String> words = List.of(arguments);
    return words.equals(ALL) || words.equals(COMMANDS);
  }

  /**
   * Carries it out and answers the exit code of what went wrong, or of the last.
   *
   * @param arguments the command line that asks for it
   */
  public static int run(String[] arguments) {
    boolean window = List.of(arguments).equals(ALL);
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    try {
      Path folder = Files.createTempDirectory("memory-console-rehearsal");
      try {
        return in(folder, window);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.setOut(out);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> parts;
    try (Stream<Path> files = Files.walk(folder)) {
      parts = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path part : parts) {
      Files.delete(part);
    }
  }

  private static int in(Path folder, boolean window) throws IOException {
    Path memories = folder.resolve("demo.json");
    DemoMemories.unpack(memories);
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    String store = folder.resolve("demo.db").toString();
    List<List<String>> commands =
        List.of(
            List.of("import", store, memories.toString()),
            List.of("stats", store),
            List.of("list", store),
            List.of("upgrade", store, "--no-llm", "--limit", "20"),
            List.of("runs", store));
    for (List<String> command : commands) {
      List<String> line = new ArrayList<>(command);
      line.addAll(List.of("--workspace", workspace.directory().toString()));
      int code = Bootstrap.carryOut(line.toArray(String[]::new));
      if (code != ExitCode.DONE) {
        return code;
      }
    }
    return window
        ? Bootstrap.window(
            workspace, StoreLocation.parse(store).orElseThrow(), WindowRehearsal::begin)
        : ExitCode.DONE;
  }
}
