package dev.memoryconsole.exchange;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.memoryconsole.exchange.form.CsvCell;
import dev.memoryconsole.exchange.form.WaitJson;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.SeenWait;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the single acquisitions of a store's lock to a file, and who was seen waiting for whom.
 * Times are in microseconds since 1970 or, those of what was seen, in milliseconds; waits and holds
 * are in milliseconds.
 */
public final class LockExport {
  private static final String HEAD =
      "acquired_us,wait_ms,hold_ms,rows,outcome,observed,holder,pid,program,operation,run,batch\n";
  private static final String WAITS_HEAD =
      "from_ms,seen_ms,waited_ms,waiter_process,waiter_application,waiter_user,waiter_query,"
          + "held_ms,holder_process,holder_application,holder_user,holder_query\n";
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
                    CsvCell.of(who.program()),
                    lower(event.purpose().kind()),
                    event.purpose().run(),
                    event.purpose().batch()));
          }
          text.flush();
        });
  }

  /**
   * Writes who was seen waiting for whom as CSV, in the form of {@link #csv}. What could not be
   * seen is empty.
   *
   * @throws ExchangeException if the file can't be written; it is as it was
   */
  public static void waitsCsv(List<SeenWait> waits, Path file) {
    WholeFile.write(
        file,
        out -> {
          Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          text.write(WAITS_HEAD);
          for (SeenWait wait : waits) {
            LockWait last = wait.last();
            text.write(
                String.join(
                        ",",
                        Long.toString(wait.fromMillis()),
                        Long.toString(wait.seenMillis()),
                        millis(last.waited()),
                        columns(last.waiter()),
                        millis(last.held()),
                        columns(last.holder()))
                    + '\n');
          }
          text.flush();
        });
  }

  private static String millis(@Nullable Duration duration) {
    return duration == null ? "" : Long.toString(duration.toMillis());
  }

  private static String columns(LockWait.Party party) {
    return CsvCell.line(party.process(), party.application(), party.user(), party.query());
  }

  /**
   * Writes JSON of the form {@code {"events":[…],"waits_seen":[…]}}.
   *
   * @throws ExchangeException if the file can't be written; it is as it was
   */
  public static void json(List<LockAcquisition> events, List<SeenWait> waits, Path file) {
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
            json.writeArrayFieldStart("waits_seen");
            for (SeenWait wait : waits) {
              json.writeRawValue(WaitJson.of(wait).toString());
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
}
