package dev.memoryconsole.upgrade.interleaving;

/** Something that must not happen, with what was seen. */
record Violation(Kind kind, String evidence) {
  /** What kind of damage it is. */
  enum Kind {
    /** Somebody's write is gone although nobody later had the right to write there. */
    LOST,
    /** What was deleted or removed is there again. */
    RESURRECTED,
    /** A row has a part of an upgrade, parts of two, or one of another text. */
    HALF_MERGED,
    /** A row was written that this run had no business with. */
    UNWARRANTED,
    /** What the run says of a row is not what it did. */
    FALSE_OUTCOME
  }
}
