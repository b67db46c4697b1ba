package dev.memoryconsole.journal;

/** What a run does. */
public enum RunKind {
  UPGRADE,
  RETRY
}
