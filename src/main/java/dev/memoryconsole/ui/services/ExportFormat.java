package dev.memoryconsole.ui.services;

import java.nio.file.Path;
import java.util.Locale;

/** How an export is written. */
public enum ExportFormat {
  /** One JSON document. */
  JSON,
  /** One JSON object a line. */
  JSONL;

  /**
   * By the file's name; anything that does not end in {@code .jsonl} or {@code .ndjson} is JSON.
   */
  public static ExportFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? JSONL : JSON;
  }
}
