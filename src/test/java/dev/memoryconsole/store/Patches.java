package dev.memoryconsole.store;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.RowWrite;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Short patches for tests. */
public final class Patches {
  private Patches() {}

  /** Writes what the function answers; null leaves a row as it is. */
  public static BatchPatch of(Function<MemoryEntry, @Nullable String> metadata) {
    return current -> {
      String written = metadata.apply(current);
      return written == null ? null : new RowWrite.Change(current, written);
    };
  }
}
