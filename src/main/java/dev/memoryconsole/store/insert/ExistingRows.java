package dev.memoryconsole.store.insert;

/** What an import does with an id that is there already. */
public enum ExistingRows {
  /** The row in the store stays as it is. */
  SKIP,
  /** The imported row takes its place. */
  REPLACE
}
