package dev.memoryconsole.exchange.form;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text as a cell of CSV (RFC 4180). What others wrote may begin like a formula, and a spreadsheet
 * would run that: such a cell begins with an apostrophe here. Stateless.
 */
public final class CsvCell {
  private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  private CsvCell() {}

  /** Some cells beside each other, without the end of the line; empty ones for null. */
  public static String line(@Nullable String... values) {
    return Arrays.stream(values)
        .map(value -> value == null ? "" : of(value))
        .collect(Collectors.joining(","));
  }

  /** One cell. */
  public static String of(String value) {
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
