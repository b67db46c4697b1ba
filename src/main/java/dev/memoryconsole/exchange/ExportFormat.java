package dev.memoryconsole.exchange;

/** The two formats that come in and go out. */
public enum ExportFormat {
  /** The plugin's export: one document with a list of memories. */
  JSON,
  /** The plugin's daily backup: one memory a line. */
  JSONL
}
