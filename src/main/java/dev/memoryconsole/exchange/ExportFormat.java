package dev.memoryconsole.exchange;

import java.nio.file.Path;
import java.util.Locale;

/** The two formats that come in and go out. */
public enum ExportFormat {
  /** The plugin's export: one document with a list of memories. */
  JSON,
  /** The plugin's daily backup: one memory a line. */
  JSONL;

  /**
   * Tells the format from the file's name: anything that does not end in {@code .jsonl} or {@code
   * .ndjson} is JSON.
   */
  public static ExportFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? JSONL : JSON;
  }
}
