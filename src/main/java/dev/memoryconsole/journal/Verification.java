package dev.memoryconsole.journal;

/**
 * How far it is known that a run's writes stayed. In some stores another program may still write
 * back an older copy of a row that it read before the run's commit.
 */
public enum Verification {
  /** The store needs none, or nothing was written yet. */
  NONE,
  /** Not looked at yet, or not often enough: the run is not complete. */
  PENDING,
  /** Two looks found every marker in place; a write that waited long may still come. */
  VERIFIED,
  /** A look when no such write could come any more found every marker in place. */
  SETTLED,
  /** A restore took the place of what was written before it, which is no longer looked after. */
  ENDED
}
