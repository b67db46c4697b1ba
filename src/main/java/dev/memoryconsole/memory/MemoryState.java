package dev.memoryconsole.memory;

/** The state of a row, as its own columns alone tell it. */
public enum MemoryState {
  /** Needs an upgrade, by the legacy rule. */
  LEGACY,
  /** Has a category of the new kind: upgraded, or written in the new form by the agent itself. */
  UPGRADED,
  /**
   * Upgraded with the simple enrichment because the model failed: carries {@code upgrade_error}.
   */
  FALLBACK,
  /**
   * Kept in step with a file by the plugin's corpus indexer, which writes it anew at every sync:
   * never legacy, never upgraded, never sent to a model.
   */
  CORPUS
}
