package dev.memoryconsole.exchange;

import java.nio.file.Path;
import java.util.Locale;

/** The formats that go out; all but CSV come in as well. */
public enum ExportFormat {
  /** The plugin's export: one document with a list of memories. */
  JSON,
  /** The plugin's daily backup: one memory a line. */
  JSONL,
  /** A table for spreadsheets, in which no cell is a formula. */
  CSV;

  /**
   * Tells the format from the file's name: anything that does not end in {@code .jsonl}, {@code
   * .ndjson} or {@code .csv} is JSON.
   */
  public static ExportFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return CSV;
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? JSONL : JSON;
  }
}
