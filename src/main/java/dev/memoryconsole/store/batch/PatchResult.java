package dev.memoryconsole.store.batch;

import dev.memoryconsole.message.Message;

/** What became of one row of a batch. */
public sealed interface PatchResult {
  /** The row was written. */
  record Written(RowWrite write) implements PatchResult {}

  /** The caller chose to leave the row as it is, or one that is written with it could not be. */
  record Kept() implements PatchResult {}

  /**
   * The row that was to be deleted is not the one that was read beforehand, in whatever column; it
   * was not touched. To be tried again with what it is now.
   */
  record Outdated() implements PatchResult {}

  /** No row with this id was there, inside the lock. */
  record Missing() implements PatchResult {}

  /** Several rows have this id; none was touched. */
  record Duplicate(int rows) implements PatchResult {}

  /**
   * The row can't be read without loss or put back exactly, so that it is left as it is, byte for
   * byte.
   *
   * @param reason why, to follow a colon
   */
  record Unwritable(Message reason) implements PatchResult {}
}
