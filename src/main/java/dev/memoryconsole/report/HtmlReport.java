package dev.memoryconsole.report;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes what became of a run as a page to read, with nothing outside of it. */
final class HtmlReport {
  /** More would be no page to read; they are in the table. */
  private static final int MOST_ENTRIES = 2_000;

  /** Those first that need a look. */
  private static final List<Set<EntryState>> IN_ORDER =
      List.of(
          EnumSet.of(EntryState.FAILED),
          EnumSet.of(EntryState.STALE),
          EnumSet.of(EntryState.FALLBACK),
          EnumSet.of(EntryState.CANCELLED),
          unfinished(),
          EnumSet.of(EntryState.SKIPPED),
          EnumSet.of(
              EntryState.UPGRADED, EntryState.MENDED, EntryState.DELETED, EntryState.UNDONE));

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: light-dark(#d8dee4, #30363d); --muted: light-dark(#59636e, #9da7b3);
        --upgraded: light-dark(#1a7f37, #4ac26b); --undone: light-dark(#59636e, #9da7b3); --fallback: light-dark(#bc4c00, #f5924e);
        --failed: light-dark(#c4232e, #ff7b72); --stale: light-dark(#0969da, #6cb6ff); --skipped: var(--muted); --cancelled: var(--muted); --open: var(--muted); }
      body { font: 14px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
      h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
      p, dt, th { color: var(--muted); } p { margin: 0 0 1.5rem; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0; } dd { margin: 0; }
      .bar { display: flex; height: .75rem; border-radius: .4rem; overflow: hidden; margin: 1.5rem 0 .5rem; gap: 2px; }
      .bar i { min-width: 3px; } ul { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
      table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } td.id { font-family: ui-monospace, monospace; font-size: .85em; }
      .upgraded, .mended, .deleted { color: var(--upgraded); } .undone { color: var(--undone); } .fallback { color: var(--fallback); } .failed { color: var(--failed); }
      .stale { color: var(--stale); } .skipped { color: var(--skipped); } .cancelled { color: var(--cancelled); } .open { color: var(--open); }
      .bar i { background: currentColor; }
      @media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
      """;

  private final RunFacts facts;
  private final Wording wording;
  private final Upgrades open;
  private final RunRecord run;

  HtmlReport(RunFacts facts, Wording wording, Upgrades open, RunRecord run) {
    this.facts = facts;
    this.wording = wording;
    this.open = open;
    this.run = run;
  }

  private static Set<EntryState> unfinished() {
    EnumSet<EntryState> states = EnumSet.noneOf(EntryState.class);
    Arrays.stream(EntryState.values()).filter(s -> !s.isOutcome()).forEach(states::add);
    return states;
  }

  void writeTo(Writer out) throws IOException {
    out.write("<!DOCTYPE html>\n<html lang=\"" + escaped(facts.language()) + "\">\n<head>\n");
    out.write("<meta charset=\"utf-8\">\n");
    // Whatever is in a memory: nothing is loaded, and nothing runs.
    out.write(
        "<meta http-equiv=\"Content-Security-Policy\""
            + " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    out.write("<meta name=\"viewport\" content=\"width=device-width\">\n");
    out.write("<title>" + escaped(facts.title()) + "</title>\n<style>\n" + STYLE + "</style>\n");
    out.write("</head>\n<body>\n<h1>" + escaped(facts.title()) + "</h1>\n");
    out.write("<p>" + escaped(facts.made()) + "</p>\n<dl>\n");
    for (Map.Entry<String, String> line : facts.lines().entrySet()) {
      out.write("<dt>" + escaped(line.getKey()) + "</dt>");
      out.write("<dd>" + escaped(line.getValue()) + "</dd>\n");
    }
    out.write("</dl>\n");
    if (run.selected() > 0) {
      outcomes(out);
      entries(out);
    }
    out.write("</body>\n</html>\n");
  }

  private void outcomes(Writer out) throws IOException {
    Map<EntryState, Integer> counts = facts.outcomes();
    out.write("<div class=\"bar\" aria-hidden=\"true\">");
    for (Map.Entry<EntryState, Integer> count : counts.entrySet()) {
      out.write(
          "<i class=\"%s\" style=\"flex-grow:%d\"></i>"
              .formatted(style(count.getKey()), count.getValue()));
    }
    out.write("</div>\n<ul>\n");
    for (Map.Entry<EntryState, Integer> count : counts.entrySet()) {
      out.write(
          "<li class=\"%s\"><b>%s</b> %s</li>\n"
              .formatted(
                  style(count.getKey()),
                  String.format(Locale.forLanguageTag(facts.language()), "%,d", count.getValue()),
                  escaped(outcome(count.getKey()))));
    }
    out.write("</ul>\n");
  }

  private void entries(Writer out) throws IOException {
    out.write("<h2>" + escaped(word(ReportCode.ENTRIES)) + "</h2>\n<table>\n<thead><tr>");
    for (ReportCode column :
        List.of(
            ReportCode.COLUMN_OUTCOME,
            ReportCode.COLUMN_ID,
            ReportCode.COLUMN_MEMORY,
            ReportCode.COLUMN_REASON)) {
      out.write("<th>" + escaped(word(column)) + "</th>");
    }
    for (ReportCode column : List.of(ReportCode.COLUMN_ATTEMPT, ReportCode.COLUMN_MILLIS)) {
      out.write("<th class=\"n\">" + escaped(word(column)) + "</th>");
    }
    out.write("</tr></thead>\n<tbody>\n");
    int left = MOST_ENTRIES;
    for (Set<EntryState> states : IN_ORDER) {
      left -= RunEntries.read(open, run.id(), states, left, entry -> out.write(row(entry)));
    }
    out.write("</tbody>\n</table>\n");
    int more = run.selected() - (MOST_ENTRIES - left);
    if (more > 0 && left == 0) {
      out.write("<p>" + escaped(wording.of(ReportCode.LEFT_OUT.with(more))) + "</p>\n");
    }
  }

  private String row(EntryRecord entry) {
    return "<tr><td class=\"%s\">%s</td><td class=\"id\">%s</td><td>%s</td><td>%s</td>"
            .formatted(
                style(entry.state()),
                escaped(outcome(entry.state())),
                escaped(entry.id()),
                escaped(entry.title()),
                escaped(wording.of(entry.message())))
        + "<td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n"
            .formatted(
                entry.attempt() == 0 ? "" : Integer.toString(entry.attempt()),
                entry.finishedAt() == null ? "" : Long.toString(entry.millis()));
  }

  private String outcome(EntryState state) {
    return wording.of(ReportWords.of(state));
  }

  private static String style(EntryState state) {
    return state.isOutcome() ? state.name().toLowerCase(Locale.ROOT) : "open";
  }

  private String word(ReportCode code) {
    return wording.of(code.with());
  }

  /** A text as nothing but text, in an element as in an attribute. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isSeen(c) ? c : 0xFFFD);
              }
            });
    return out.toString();
  }

  /** Control characters and halves of characters are in no page; marks of direction show. */
  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' || c == '\t';
      case Character.SURROGATE, Character.UNASSIGNED -> false;
      case Character.FORMAT -> c == 0x200C || c == 0x200D;
      default -> true;
    };
  }
}
