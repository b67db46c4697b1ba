package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run wants of the rows of one batch. For one thread at a time. */
public interface Decision {
  /** The time of the marker that the batch's writes carry; null if they leave none. */
  @Nullable Long markedAt();

  /** Told of all rows of the batch as they are now, by their ids, before it decides on any. */
  default void reread(Map<String, MemoryEntry> rows) {}

  /**
   * Decides on a row as it is now. An entry that has its outcome already is to be written once
   * more, and only where another program has overwritten it with an older copy.
   */
  Verdict on(Candidate candidate, MemoryEntry current);

  /**
   * What to put back where no row has the entry's id; as long as that was not seen under the lock,
   * nothing: another program may just be replacing it.
   */
  default RowWrite.@Nullable Return returnOf(Candidate candidate) {
    return null;
  }

  /**
   * Decides on an entry whose row two batches, each under the lock, have not found.
   *
   * @return null if it is to have another turn
   */
  default Verdict.@Nullable Over missing(Candidate candidate) {
    return Verdict.skip(UpgradeCode.DELETED.with());
  }

  /** What an entry has become when its write took effect. */
  Verdict.Over written(Candidate candidate);
}
