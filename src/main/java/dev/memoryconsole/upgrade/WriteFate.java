package dev.memoryconsole.upgrade;

/** What has become of a row since a run wrote it. */
public enum WriteFate {
  /** Its marker is there, or somebody upgraded it anew; of an undo: the marker is not. */
  IN_PLACE,
  /** Another program wrote an older copy back: the write is lost, and can be made again. */
  OVERWRITTEN,
  /** The upgrade is lost and the text is another one: it has to be enriched anew. */
  REWRITTEN,
  /** It was not there; between a delete and an add of another program that need not mean much. */
  MISSING
}
