package dev.memoryconsole.python;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Assumptions;

/**
 * A real agent on another SQLite library, told what to do line by line: {@code agent.py} says what
 * it can.
 */
public final class PythonAgent implements AutoCloseable {
  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private PythonAgent(Process process) {
    this.process = process;
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one on this store's file; it connects when it is told to do something. */
  public static PythonAgent on(Path store) throws IOException {
    Path script = Files.createTempFile("agent", ".py");
    try (InputStream source = PythonAgent.class.getResourceAsStream("agent.py")) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    script.toFile().deleteOnExit();
    try {
      return new PythonAgent(
          new ProcessBuilder("python3", script.toString(), store.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException noPython) {
      return Assumptions.abort("python3 is not there");
    }
  }

  /** Has it do something, and waits for its answer. */
  public String tell(String command, Object... arguments) throws IOException {
    StringBuilder line = new StringBuilder(command);
    for (Object argument : arguments) {
      line.append('\t').append(argument);
    }
    in.write(line.append('\n').toString());
    in.flush();
    String answer = out.readLine();
    if (answer == null) {
      throw new IOException("The agent is gone after: " + line);
    }
    return answer;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
