package dev.memoryconsole.exchange;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes the single acquisitions of a store's lock to a file. Times are in microseconds since 1970,
 * waits and holds in milliseconds.
 */
public final class LockExport {
  private static final String HEAD =
      "acquired_us,wait_ms,hold_ms,rows,outcome,observed,holder,pid,program,operation,run,batch\n";
  private static final double NANOS_PER_MILLI = 1_000_000;

  private LockExport() {}

  /** The holder, as the file's columns have it. */
  private record Who(String holder, long pid, String program) {
    static Who of(LockHolder holder) {
      return switch (holder) {
        case LockHolder.OurRun _ -> new Who("run", 0, "");
        case LockHolder.OurOperation _ -> new Who("operation", 0, "");
        case LockHolder.OtherConsole(long pid) -> new Who("console", pid, "");
        case LockHolder.Foreign(long pid, String program) -> new Who("foreign", pid, program);
      };
    }
  }

  /**
   * Writes CSV with a header, as in RFC 4180 apart from line ends of a single character.
   *
   * @throws ExchangeException if the file can't be written; it is as it was
   */
  public static void csv(List<LockAcquisition> events, Path file) {
    WholeFile.write(
        file,
        out -> {
          Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          text.write(HEAD);
          for (LockAcquisition event : events) {
            Who who = Who.of(event.holder());
            text.write(
                String.format(
                    Locale.ROOT,
                    "%d,%.6f,%.6f,%d,%s,%b,%s,%d,%s,%s,%d,%d\n",
                    event.acquiredAtMicros(),
                    event.waitNanos() / NANOS_PER_MILLI,
                    event.holdNanos() / NANOS_PER_MILLI,
                    event.rows(),
                    lower(event.outcome()),
                    event.observed(),
                    who.holder(),
                    who.pid(),
                    quoted(who.program()),
                    lower(event.purpose().kind()),
                    event.purpose().run(),
                    event.purpose().batch()));
          }
          text.flush();
        });
  }

  /**
   * Writes JSON of the form {@code {"events":[…]}}.
   *
   * @throws ExchangeException if the file can't be written; it is as it was
   */
  public static void json(List<LockAcquisition> events, Path file) {
    WholeFile.write(
        file,
        out -> {
          try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeArrayFieldStart("events");
            for (LockAcquisition event : events) {
              write(json, event);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
        });
  }

  private static void write(JsonGenerator json, LockAcquisition event) throws IOException {
    Who who = Who.of(event.holder());
    json.writeStartObject();
    json.writeNumberField("acquired_us", event.acquiredAtMicros());
    json.writeNumberField("wait_ms", event.waitNanos() / NANOS_PER_MILLI);
    json.writeNumberField("hold_ms", event.holdNanos() / NANOS_PER_MILLI);
    json.writeNumberField("rows", event.rows());
    json.writeStringField("outcome", lower(event.outcome()));
    json.writeBooleanField("observed", event.observed());
    json.writeStringField("holder", who.holder());
    json.writeNumberField("pid", who.pid());
    json.writeStringField("program", who.program());
    json.writeStringField("operation", lower(event.purpose().kind()));
    json.writeNumberField("run", event.purpose().run());
    json.writeNumberField("batch", event.purpose().batch());
    json.writeEndObject();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String quoted(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
