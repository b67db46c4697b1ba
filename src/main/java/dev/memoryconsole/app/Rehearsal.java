package dev.memoryconsole.app;

import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.WindowRehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the program does so that Java can note which classes a start needs (an AOT cache, JEP 514):
 * a few commands on a store of its own, and the window with each of its screens, on no display.
 * Leaves nothing behind.
 */
public final class Rehearsal {
  private static final String OPTION = "--rehearse";

  private static final String DEMO = "/dev/memoryconsole/assets/demo/demo-memories.json";

  private Rehearsal() {}

  /** Tells whether the command line asks for it; whoever starts Java says where the notes go. */
  public static boolean isAskedFor(String[] arguments) {
    return List.of(arguments).equals(List.of(OPTION));
  }

  /** Carries it out and answers the exit code of what went wrong, or of the last. */
  public static int run() {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    try {
      Path folder = Files.createTempDirectory("memory-console-rehearsal");
      try {
        return in(folder);
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

  private static int in(Path folder) throws IOException {
    Path memories = folder.resolve("demo.json");
    try (InputStream in = Objects.requireNonNull(Rehearsal.class.getResourceAsStream(DEMO))) {
      Files.copy(in, memories);
    }
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    String store = folder.resolve("demo.db").toString();
    String[][] commands = {
      {"import", store, memories.toString()},
      {"stats", store},
      {"list", store},
      {"upgrade", store, "--no-llm", "--limit", "20"},
      {"runs", store},
    };
    for (String[] command : commands) {
      int code = Bootstrap.carryOut(command(workspace, command));
      if (code != ExitCode.DONE) {
        return code;
      }
    }
    return Bootstrap.window(
        workspace, StoreLocation.parse(store).orElseThrow(), WindowRehearsal::begin);
  }

  private static String[] command(Workspace workspace, String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "--workspace";
    all[1] = workspace.directory().toString();
    System.arraycopy(words, 0, all, 2, words.length);
    return all;
  }
}
