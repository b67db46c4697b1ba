package dev.memoryconsole.upgrade;

/** What has become of a row since a run wrote it. */
public enum WriteFate {
  /** The write is there, or somebody upgraded the row anew. For an undo: its marker is gone. */
  IN_PLACE,
  /** Another program wrote an older copy back: the write is lost and can be made again. */
  OVERWRITTEN,
  /** The upgrade is lost and the text is another one: it has to be enriched anew. */
  REWRITTEN,
  /** The row was deleted and is there again: an agent wrote it back, and it stays. */
  RETURNED,
  /** The row was not there, which need not mean much: another program may be replacing it. */
  MISSING
}
