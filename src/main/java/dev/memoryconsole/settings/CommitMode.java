package dev.memoryconsole.settings;

/** How rows are written. */
public enum CommitMode {
  /** A batch under one lock: lock, re-read, merge, write, release. */
  BATCH,
  /** Each row by itself, where its version is still the one that was read; else merged again. */
  CAS
}
