package dev.memoryconsole.journal;

/** What a run does. */
public enum RunKind {
  UPGRADE,
  RETRY,
  /** Upgrades what looks upgraded and probably never was. */
  STAMPED,
  /** Changes fields of memories as an admin wants it; see {@code src/docs/mend.md}. */
  MEND,
  /** Takes back what another run wrote. */
  UNDO,
  /** Brings a snapshot back. Has no entries. */
  RESTORE
}
