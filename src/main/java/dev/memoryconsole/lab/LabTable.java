package dev.memoryconsole.lab;

import dev.memoryconsole.lock.figures.LockSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as a table, for a terminal or as Markdown. */
public final class LabTable {
  private static final List<String> HEAD =
      List.of(
          "strategy",
          "acquisitions",
          "hold ms p50 / p99 / max",
          "plugin's wait ms p50 / p99 / max",
          "writes",
          "failed",
          "lost",
          "seconds");

  private LabTable() {}

  /** GitHub's Markdown. */
  public static String markdown(List<LabResult> results) {
    StringBuilder table = new StringBuilder();
    table.append("| ").append(String.join(" | ", HEAD)).append(" |\n|---");
    table.append("|---:".repeat(HEAD.size() - 1)).append("|\n");
    for (LabResult result : results) {
      table.append("| ").append(String.join(" | ", cells(result))).append(" |\n");
    }
    return table.toString();
  }

  /** Aligned columns. */
  public static String text(List<LabResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    results.forEach(result -> rows.add(cells(result)));
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < HEAD.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElseThrow();
        String cell = row.get(column);
        String pad = " ".repeat(width - cell.length());
        table.append(column == 0 ? cell + pad : "  " + pad + cell);
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static List<String> cells(LabResult result) {
    return List.of(
        result.strategy().label(),
        Long.toString(result.acquisitions()),
        quantiles(result.holds()),
        quantiles(result.writerWaits()),
        Long.toString(result.writes()),
        Long.toString(result.failedWrites()),
        Long.toString(result.lostWrites()),
        String.format(Locale.ROOT, "%.1f", result.elapsedMillis() / 1000.0));
  }

  private static String quantiles(LockSummary.Quantiles q) {
    return millis(q.p50()) + " / " + millis(q.p99()) + " / " + millis(q.max());
  }

  private static String millis(double millis) {
    String digits = millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, digits, millis);
  }
}
