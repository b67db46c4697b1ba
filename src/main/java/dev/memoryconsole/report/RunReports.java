package dev.memoryconsole.report;

import dev.memoryconsole.exchange.WholeFile;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/** Writes reports of runs, in one language and in the time zone of a clock. Thread-safe. */
public final class RunReports {
  private final Clock clock;
  private final Locale locale;

  /** In the zone of this clock, which also says when a report was made. */
  public RunReports(Clock clock, Locale locale) {
    this.clock = clock;
    this.locale = locale;
  }

  @FunctionalInterface
  private interface Report {
    void writeTo(Writer out) throws IOException;
  }

  /**
   * Writes a page that needs no other file and no network: figures, and the entries, those first
   * that need a look.
   *
   * @throws ReportException if the store has no such run
   * @throws dev.memoryconsole.exchange.ExchangeException if the file can't be written; it is as it
   *     was
   */
  public void html(Upgrades open, long run, Path file) {
    RunRecord record = record(open, run);
    RunFacts facts = new RunFacts(record, clock, locale);
    write(file, out -> new HtmlReport(facts, Wording.in(locale), open, record).writeTo(out));
  }

  /**
   * Writes all entries as CSV with a header, in UTF-8, as in RFC 4180. What a spreadsheet would
   * take for a formula has an apostrophe before it.
   *
   * @throws ReportException if the store has no such run
   * @throws dev.memoryconsole.exchange.ExchangeException if the file can't be written; it is as it
   *     was
   */
  public void csv(Upgrades open, long run, Path file) {
    RunRecord record = record(open, run);
    write(file, out -> new CsvReport(Wording.in(locale), open, record).writeTo(out));
  }

  private static RunRecord record(Upgrades open, long run) {
    return open.run(run)
        .orElseThrow(
            () ->
                new ReportException(
                    ReportCode.NO_RUN.with(run, open.store().location().toString())));
  }

  private static void write(Path file, Report report) {
    WholeFile.write(
        file,
        out -> {
          Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          report.writeTo(text);
          text.flush();
        });
  }
}
