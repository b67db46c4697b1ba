package dev.memoryconsole.upgrade;

import dev.memoryconsole.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Erasing for good what the journal keeps of deleted memories. */
public final class Erasure {
  private Erasure() {}

  /**
   * What would be erased.
   *
   * @param ids the memories, each once
   * @param thereAgain how many more were deleted and are there again: these are left alone
   * @param lastDeletedAt when the last of them was deleted, milliseconds since 1970; 0 if there is
   *     none. Snapshots from before then may hold them
   */
  public record Plan(List<String> ids, int thereAgain, long lastDeletedAt) {}

  /**
   * What was erased.
   *
   * @param memories how many memories
   * @param entries how many entries of runs told of them
   * @param notCleaned why the journal's files may still hold some of it in their free space; null
   *     if they do not
   */
  public record Report(int memories, int entries, @Nullable Message notCleaned) {}
}
