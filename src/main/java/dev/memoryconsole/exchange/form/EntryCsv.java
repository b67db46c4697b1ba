package dev.memoryconsole.exchange.form;

import dev.memoryconsole.memory.MemoryEntry;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes memories as CSV (RFC 4180), for spreadsheets. What an agent remembers may begin like a
 * formula, and a spreadsheet would run that: such a cell begins with an apostrophe here. So this is
 * for looking, and not for importing again.
 */
public final class EntryCsv {
  /** The names of the columns, with the end of the line. */
  public static final String HEAD = "id,time,scope,category,importance,text,metadata\r\n";

  private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  private EntryCsv() {}

  /** One line, with its end. */
  public static String line(MemoryEntry entry) {
    Double importance = entry.importance();
    return cells(
            entry.id(),
            time(entry.timestampMillis()),
            entry.scope(),
            entry.category(),
            importance == null || !Double.isFinite(importance)
                ? null
                : BigDecimal.valueOf(importance).toPlainString(),
            entry.text(),
            entry.metadata())
        + "\r\n";
  }

  private static @Nullable String time(@Nullable Long millis) {
    try {
      return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    } catch (DateTimeException beyondTheCalendar) {
      return String.valueOf(millis);
    }
  }

  private static String cells(@Nullable String... values) {
    return Arrays.stream(values)
        .map(value -> value == null ? "" : cell(value))
        .collect(Collectors.joining(","));
  }

  private static String cell(String value) {
    String safe = isFormula(value) ? "'" + value : value;
    boolean quote = safe.chars().anyMatch(unit -> ",\"\r\n\t;".indexOf(unit) >= 0);
    return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /** A spreadsheet looks through spaces, and takes wide signs for narrow ones. */
  private static boolean isFormula(String value) {
    int at = 0;
    while (at < value.length()
        && (Character.isWhitespace(value.charAt(at)) || Character.isSpaceChar(value.charAt(at)))) {
      at++;
    }
    return at < value.length()
        && FORMULA.indexOf(value.charAt(at)) >= 0
        && !isNumber(value.substring(at));
  }

  /** A number is none, however it begins. */
  private static boolean isNumber(String value) {
    return value.matches("-?\\d{1,20}(\\.\\d{1,20})?");
  }
}
