package dev.memoryconsole.exchange.form;

import dev.memoryconsole.memory.MemoryEntry;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes memories as CSV (RFC 4180), for spreadsheets. Cells are as {@link CsvCell} writes them: so
 * this is for looking, and not for importing again.
 */
public final class EntryCsv {
  /** The names of the columns, with the end of the line. */
  public static final String HEAD = "id,time,scope,category,importance,text,metadata\r\n";

  private EntryCsv() {}

  /** One line, with its end. */
  public static String line(MemoryEntry entry) {
    Double importance = entry.importance();
    return CsvCell.line(
            entry.id(),
            time(entry.timestampMillis()),
            entry.scope(),
            entry.category(),
            importance == null || !Double.isFinite(importance)
                ? null
                : BigDecimal.valueOf(importance),
            entry.text(),
            entry.metadata())
        + "\r\n";
  }

  private static @Nullable Object time(@Nullable Long millis) {
    try {
      return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    } catch (DateTimeException beyondTheCalendar) {
      return millis;
    }
  }
}
