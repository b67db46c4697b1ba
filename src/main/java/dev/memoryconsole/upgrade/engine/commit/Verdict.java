package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.RowWrite;

/** What is to be done with a row of a batch. */
public sealed interface Verdict {
  /** The row is to be changed. */
  record Write(RowWrite write) implements Verdict {}

  /** There is nothing to do, or it was done before. */
  record Over(EntryState outcome, Message reason) implements Verdict {}

  /** The row has another text than the one enriched. */
  record Stale(MemoryEntry current) implements Verdict {}

  /** There is something to write that nobody could know of before the lock was had. */
  record Unannounced() implements Verdict {}

  /** It is as it was seen, but another row that is written together with it can't be. */
  record HeldBack() implements Verdict {}

  /** There is nothing to do, for this reason. */
  static Over skip(Message reason) {
    return new Over(EntryState.SKIPPED, reason);
  }
}
