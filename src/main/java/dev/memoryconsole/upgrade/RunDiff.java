package dev.memoryconsole.upgrade;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.diff.MetadataDiff;
import dev.memoryconsole.diff.WrittenRow;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.memory.MemoryEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a run wrote in a memory with the memory as it is now. */
public final class RunDiff {
  private RunDiff() {}

  /**
   * Compares key by key.
   *
   * @param written an entry that a run has written
   * @param now the memory; null if it was deleted: then nothing was written since
   */
  public static List<KeyDiff> of(EntryRecord written, @Nullable MemoryEntry now) {
    String seen = written.seen();
    return MetadataDiff.ofRow(
        new WrittenRow(
            seen == null ? written.before() : seen,
            written.before(),
            written.written(),
            written.columnsBefore(),
            written.columnsWritten()),
        now);
  }
}
