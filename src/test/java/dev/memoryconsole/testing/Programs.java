package dev.memoryconsole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Programs of the system that tests start; all but {@code kill} may be missing. */
public final class Programs {
  private Programs() {}

  /** Whether a command is there, ran, and ended well. What it says goes nowhere. */
  public static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a process a signal, such as {@code STOP}, and answers whether it was there to get it. */
  public static boolean signal(Process process, String name) {
    return succeeds("kill", "-" + name, Long.toString(process.pid()));
  }

  /**
   * Compiles a C source among a test's resources to a library that can be loaded before others.
   *
   * @return false where there is no compiler
   */
  public static boolean compile(Class<?> test, String source, Path library, String... flags)
      throws IOException {
    Path copy = library.resolveSibling(source);
    try (InputStream in = test.getResourceAsStream(source)) {
      Files.copy(Objects.requireNonNull(in), copy);
    }
    List<String> command = new ArrayList<>(List.of("gcc", "-w", "-shared", "-fPIC"));
    command.addAll(Arrays.asList(flags));
    command.addAll(List.of("-o", library.toString(), copy.toString(), "-ldl"));
    return succeeds(command.toArray(String[]::new));
  }
}
