package dev.memoryconsole.ui.common.text;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Numbers and dates by the customs of one place. Immutable. */
public final class Numbers {
  private final Locale locale;

  Numbers(Locale locale) {
    this.locale = locale;
  }

  /** A whole number, its thousands apart. */
  public String whole(long number) {
    return String.format(locale, "%,d", number);
  }

  /** A number that names something, such as a run or an attempt: nothing is put between digits. */
  public String name(long number) {
    return String.format(locale, "%d", number);
  }

  /** A number with so many decimals, its thousands apart. */
  public String decimal(double number, int decimals) {
    return String.format(locale, "%,." + decimals + "f", number);
  }

  /** A number with so many decimals, its thousands apart. */
  public String decimal(BigDecimal number, int decimals) {
    return String.format(locale, "%,." + decimals + "f", number);
  }

  /** A day, for example {@code Nov 12, 2025}. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(day);
  }

  /** A month, for example {@code Nov 2025}. */
  public String month(YearMonth month) {
    return DateTimeFormatter.ofLocalizedPattern("yMMM").withLocale(locale).format(month.atDay(1));
  }

  /**
   * Writes days in few letters, for example {@code 12 Nov} or {@code Nov 12}.
   *
   * @param year whether the year is told
   */
  public DateTimeFormatter shortDays(boolean year) {
    return DateTimeFormatter.ofLocalizedPattern(year ? "yMMMd" : "MMMd").withLocale(locale);
  }

  /** Whether this number was typed, with or without signs between its thousands. */
  public static boolean isTyped(String typed, int number) {
    return typed.replaceAll("[\\s,.'’\\u00a0\\u202f]", "").equals(Integer.toString(number));
  }
}
