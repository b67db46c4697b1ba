package dev.memoryconsole.exchange.form;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cell of CSV (RFC 4180). What others wrote may begin like a formula, and a spreadsheet would run
 * that: such a text begins with an apostrophe here. Stateless.
 */
public final class CsvCell {
  /**
   * How a formula begins in one spreadsheet or another, which looks through blanks and takes wide
   * signs for narrow ones; and what begins a new cell or line where quotes are not understood.
   */
  private static final Pattern FORMULA =
      Pattern.compile("(?s)[\\p{C}\\p{Z}]*[=+\\-@|%\uFF1D\uFF0B\uFF0D\uFF20].*|[\\t\\r\\n].*");

  private static final Pattern QUOTED = Pattern.compile("(?s).*[,;\"\\s].*");

  private CsvCell() {}

  /**
   * Some cells beside each other, without the end of the line; empty ones for null.
   *
   * @param values numbers, which are written as they are, or else what is written as a text
   */
  public static String line(@Nullable Object... values) {
    return Arrays.stream(values).map(CsvCell::cell).collect(Collectors.joining(","));
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      default -> of(value.toString());
    };
  }

  /** A text as a cell that is nothing but text wherever it is opened. */
  public static String of(String text) {
    String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
    return QUOTED.matcher(harmless).matches()
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
