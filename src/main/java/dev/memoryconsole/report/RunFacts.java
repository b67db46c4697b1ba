package dev.memoryconsole.report;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.figures.LockSummary.Quantiles;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is to be said of a run as a whole, in one language. */
final class RunFacts {
  private final RunRecord run;
  private final Wording wording;
  private final Clock clock;
  private final DateTimeFormatter times;
  private final Locale locale;

  RunFacts(RunRecord run, Clock clock, Locale locale) {
    this.run = run;
    this.wording = Wording.in(locale);
    this.clock = clock;
    this.locale = locale;
    this.times =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
            .withLocale(locale)
            .withZone(clock.getZone());
  }

  String language() {
    return locale.toLanguageTag();
  }

  String title() {
    return words(ReportCode.TITLE.with(run.id(), kind()));
  }

  private Message kind() {
    Long of = run.ofRun();
    return switch (run.kind()) {
      case UPGRADE -> ReportCode.UPGRADE.with();
      case RETRY -> ReportCode.RETRY.with();
      case STAMPED -> ReportCode.STAMPED.with();
      case MEND -> ReportCode.MEND.with();
      case UNDO -> ReportCode.UNDO.with(of == null ? 0L : of);
      case RESTORE ->
          ReportCode.RESTORE.with(run.restore() == null ? "" : run.restore().snapshot());
    };
  }

  String made() {
    return words(ReportCode.MADE.with(times.format(clock.instant())));
  }

  /** Names and values, in the order in which they are asked for. */
  Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    put(lines, ReportCode.STORE, run.store());
    put(lines, ReportCode.STATE, words(ReportWords.of(run.state())));
    put(lines, ReportCode.STARTED, time(run.startedAt()));
    Long finished = run.finishedAt();
    put(lines, ReportCode.FINISHED, finished == null ? "" : time(finished));
    put(lines, ReportCode.AT_WORK, clock(run.elapsedMillis()));
    if (run.kind() != RunKind.RESTORE) {
      ofEntries(lines);
    }
    return lines;
  }

  private void ofEntries(Map<String, String> lines) {
    put(lines, ReportCode.MEMORIES, String.format(locale, "%,d", run.selected()));
    put(
        lines,
        ReportCode.ENRICHED_BY,
        run.kind() == RunKind.UNDO || run.kind() == RunKind.MEND ? "" : run.enricher());
    put(lines, ReportCode.MODEL, usage(run.usage()));
    put(
        lines,
        ReportCode.BATCHES,
        words(
            run.batchSize() == 0
                ? ReportCode.BATCH_BY_LOCK.with()
                : ReportCode.BATCH_ROWS.with(run.batchSize())));
    if (run.lock().acquisitions() > 0) {
      put(lines, ReportCode.LOCK, words(ReportCode.LOCK_TAKEN.with(run.lock().acquisitions())));
      put(lines, ReportCode.LOCK_WAIT, millis(run.lock().waits()));
      put(lines, ReportCode.LOCK_HOLD, millis(run.lock().holds()));
    }
    put(lines, ReportCode.WRITES, writes());
  }

  private void put(Map<String, String> lines, ReportCode name, String value) {
    if (!value.isEmpty()) {
      lines.put(words(name.with()), value);
    }
  }

  private String usage(ModelUsage usage) {
    if (usage.calls() == 0) {
      return "";
    }
    BigDecimal cost = usage.cost();
    return words(
        ReportCode.USAGE.with(
            usage.calls(),
            usage.retries(),
            usage.inputTokens(),
            usage.outputTokens(),
            cost == null
                ? ReportCode.COST_UNKNOWN.with()
                : ReportCode.COST.with(cost.doubleValue())));
  }

  private String writes() {
    String verified = words(ReportWords.of(run.verification()));
    String again = run.reapplied() == 0 ? "" : words(ReportCode.REAPPLIED.with(run.reapplied()));
    return verified.isEmpty() || again.isEmpty() ? verified + again : verified + " · " + again;
  }

  private String millis(Quantiles q) {
    return words(ReportCode.LOCK_MILLIS.with(q.p50(), q.p99(), q.max()));
  }

  private String time(long millis) {
    return times.format(Instant.ofEpochMilli(millis));
  }

  private static String clock(long millis) {
    Duration d = Duration.ofMillis(millis);
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
  }

  /** How many entries ended in each outcome, or in none; those without any are left out. */
  Map<EntryState, Integer> outcomes() {
    Map<EntryState, Integer> counts = new LinkedHashMap<>();
    int open = run.selected();
    for (EntryState state : EntryState.values()) {
      if (state.isOutcome() && run.count(state) > 0) {
        counts.put(state, run.count(state));
        open -= run.count(state);
      }
    }
    if (open > 0) {
      counts.put(EntryState.QUEUED, open);
    }
    return counts;
  }

  String words(Message message) {
    return wording.of(message);
  }
}
