package dev.memoryconsole.report;

import dev.memoryconsole.exchange.form.CsvCell;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** Writes the entries of a run as a table for programs and spreadsheets. */
final class CsvReport {
  private static final String HEAD =
      "run,position,id,outcome,memory,reason,attempt,ms,reapplied,finished_at\r\n";

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
    return CsvCell.line(
            run.id(),
            entry.position(),
            entry.id(),
            entry.state().name().toLowerCase(Locale.ROOT),
            entry.title(),
            wording.of(entry.message()),
            entry.attempt(),
            entry.millis(),
            entry.reapplied(),
            finished == null ? null : Instant.ofEpochMilli(finished))
        + "\r\n";
  }
}
