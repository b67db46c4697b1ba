package dev.memoryconsole.crash.anytime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that says when it has begun, and is killed some time after that. */
final class KilledProgram {
  private static final int PATIENCE_MINUTES = 2;

  private KilledProgram() {}

  /**
   * Kills it so many milliseconds after it said that it is ready.
   *
   * @return false if it was done before, without a failure
   */
  static boolean killedAfter(ProcessBuilder program, long millis) throws Exception {
    Process process = program.redirectErrorStream(true).start();
    List<String> said = new ArrayList<>();
    boolean killed = false;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        if (line.equals("ready") && !process.waitFor(millis, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          killed = true;
        }
      }
    } catch (IOException closedByTheKill) {
      said.add("(killed)");
    }
    assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    if (!killed) {
      assertThat(process.exitValue()).as("%s", said).isZero();
    }
    return killed;
  }
}
