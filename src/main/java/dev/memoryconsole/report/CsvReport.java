package dev.memoryconsole.report;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes the entries of a run as a table for programs and spreadsheets. */
final class CsvReport {
  private static final String HEAD =
      "run,position,id,outcome,memory,reason,attempt,ms,reapplied,finished_at\r\n";

  /** How a formula begins in one spreadsheet or another, with blanks before it too. */
  private static final Pattern FORMULA = Pattern.compile("(?s)\\s*[=+\\-@|%＝＋－＠].*|[\t\r\n].*");

  private static final Pattern QUOTED = Pattern.compile("(?s).*[,;\"\r\n\t ].*");

  private final Wording wording;
  private final Upgrades open;
  private final RunRecord run;

  CsvReport(Wording wording, Upgrades open, RunRecord run) {
    this.wording = wording;
    this.open = open;
    this.run = run;
  }

  void writeTo(Writer out) throws IOException {
    out.write(HEAD);
    RunEntries.read(open, run.id(), Set.of(), Integer.MAX_VALUE, entry -> out.write(line(entry)));
  }

  private String line(EntryRecord entry) {
    Long finished = entry.finishedAt();
    return String.join(
            ",",
            Long.toString(run.id()),
            Integer.toString(entry.position()),
            cell(entry.id()),
            entry.state().name().toLowerCase(Locale.ROOT),
            cell(entry.title()),
            cell(wording.of(entry.message())),
            Integer.toString(entry.attempt()),
            Long.toString(entry.millis()),
            Integer.toString(entry.reapplied()),
            finished == null ? "" : Instant.ofEpochMilli(finished).toString())
        + "\r\n";
  }

  /** A text as a cell that is nothing but text wherever it is opened. */
  static String cell(String text) {
    String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
    return QUOTED.matcher(harmless).matches()
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
