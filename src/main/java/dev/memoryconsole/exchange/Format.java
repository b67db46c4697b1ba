package dev.memoryconsole.exchange;

/** The two formats, both the plugin's own. */
public enum Format {
  /** Its export: one object with the array {@code memories}. */
  JSON,
  /** Its daily backup: one memory a line. */
  JSONL
}
