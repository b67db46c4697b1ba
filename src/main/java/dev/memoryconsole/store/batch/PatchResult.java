package dev.memoryconsole.store.batch;

import dev.memoryconsole.message.Message;

/** What became of one row of a batch. */
public sealed interface PatchResult {
  /** The row was written. */
  record Written(RowWrite write) implements PatchResult {}

  /** The caller chose to leave the row as it is. */
  record Kept() implements PatchResult {}

  /** No row with this id was there, inside the lock. */
  record Missing() implements PatchResult {}

  /** Several rows have this id; none was touched. */
  record Duplicate(int rows) implements PatchResult {}

  /**
   * The row can't be read without loss, so that it is left as it is, byte for byte.
   *
   * @param reason why, to follow a colon
   */
  record Unwritable(Message reason) implements PatchResult {}
}
