package dev.memoryconsole.testing;

import dev.memoryconsole.memory.MemoryEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memories as the plugin's tables hold them: facts of the global scope. */
public final class Entries {
  /** When those were written whose time is of no matter, in milliseconds. */
  public static final long TIME = 1_735_000_000_000L;

  private Entries() {}

  /** A memory whose text is of no matter, with metadata that say nothing. */
  public static MemoryEntry entry(String id) {
    return entry(id, "text of " + id, "{}");
  }

  /** A memory. */
  public static MemoryEntry entry(String id, String text, @Nullable String metadata) {
    return new MemoryEntry(id, text, "fact", "global", 0.5, TIME, metadata, 1);
  }

  /** So many memories of before the upgrade, m0, m1, …, each of two sentences. */
  public static List<MemoryEntry> legacy(int count) {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(entry("m" + i, "Memory number " + i + ". It has a second sentence.", "{}"));
    }
    return rows;
  }

  /** Returns a copy of a row with other metadata. */
  public static MemoryEntry withMetadata(MemoryEntry row, @Nullable String metadata) {
    return new MemoryEntry(
        row.id(),
        row.text(),
        row.category(),
        row.scope(),
        row.importance(),
        row.timestamp(),
        metadata,
        row.version(),
        row.flaw());
  }
}
