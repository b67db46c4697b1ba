package dev.memoryconsole.node;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs scripts of {@code src/test/node}, whose packages the build installs with {@code npm ci}. */
public final class Node {
  private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();

  private Node() {}

  /**
   * Skips the test where there is no Node or its packages could not be installed; with {@code
   * -Dnode.required=true} fails it instead.
   */
  public static void assumeThere() {
    String missing = missing();
    if (!missing.isEmpty()) {
      if (Boolean.getBoolean("node.required")) {
        fail(missing);
      }
      Assumptions.abort("Skipped: " + missing);
    }
  }

  private static String missing() {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      node.getInputStream().readAllBytes();
      if (!node.waitFor(30, TimeUnit.SECONDS) || node.exitValue() != 0) {
        return "node does not start.";
      }
    } catch (IOException e) {
      return "there is no node on the PATH; install Node 18 or newer with npm.";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted.";
    }
    return Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
        ? ""
        : "the packages are not installed; run npm ci in src/test/node, or Maven, which does.";
  }

  /** Starts a script. */
  public static Peer start(String script, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", FOLDER.resolve(script).toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new Peer(command);
  }
}
