package dev.memoryconsole.lock;

/**
 * What a lock is taken for.
 *
 * @param kind the operation
 * @param run the run it belongs to, 0 for none
 * @param batch the batch in that run, counted from 1; 0 for none
 */
public record LockPurpose(Kind kind, long run, int batch) {
  /** Operations that take the lock. */
  public enum Kind {
    UPGRADE,
    MEND,
    UNDO,
    IMPORT,
    RESTORE,
    OTHER
  }

  /** A purpose outside any run. */
  public static LockPurpose of(Kind kind) {
    return new LockPurpose(kind, 0, 0);
  }
}
