package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.Enricher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What the real command line answers, over the program's own parts. */
public record Answer(int code, String out, String err) {
  /** Where no command is to open the window. */
  public static final RootCommand.Window NO_WINDOW =
      (store, workspace, lock, port) -> {
        throw new AssertionError("opens the window on " + store);
      };

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Of a command whose workspace is in this folder. */
  public static Answer of(Path folder, Enricher enricher, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--workspace");
    all.add(folder.resolve("workspace").toString());
    int code =
        MemoryConsole.run(
            new Assembly(enricher, Clock.systemUTC()),
            NO_WINDOW,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  /** Is all right. */
  public void isDone() {
    assertThat(code).as(err).isEqualTo(ExitCode.DONE);
  }

  /** Is a refusal in one sentence with all of these words. */
  public void isRefused(CharSequence... words) {
    assertThat(code).isEqualTo(ExitCode.REFUSED);
    assertThat(err).contains(words).hasLineCount(1);
  }

  /** Is a refusal in one sentence with all of these words, and a hint where help is. */
  public void isBadUsage(CharSequence... words) {
    assertThat(code).isEqualTo(ExitCode.REFUSED);
    assertThat(err).contains(words).hasLineCount(2).contains("\nTry 'memory-console ");
  }

  /** The number at a key of the JSON that it is, or at a path such as {@code /lock/rows}. */
  int number(String place) {
    return json().at(place.startsWith("/") ? place : "/" + place).asInt();
  }

  public JsonNode json() {
    try {
      return MAPPER.readTree(out);
    } catch (Exception e) {
      throw new AssertionError("not one JSON document: " + out, e);
    }
  }
}
