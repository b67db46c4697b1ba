package dev.memoryconsole.journal;

/** What a run does. */
public enum RunKind {
  UPGRADE,
  RETRY,
  /** Takes back what another run wrote. */
  UNDO
}
