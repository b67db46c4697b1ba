package dev.memoryconsole.mend.find;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import java.util.stream.Stream;

/** Whether the three layers of an upgraded memory are there, and say something. */
final class Summaries {
  // An abstract is one sentence; what is as long as this was never made one.
  private static final int LONG = 300;

  private Summaries() {}

  static boolean isPoor(MemoryEntry row, MemoryState state, ObjectNode metadata) {
    // Reflections are never legacy, and have none of these layers.
    if ((state != MemoryState.UPGRADED && state != MemoryState.FALLBACK)
        || !metadata.hasNonNull(Keys.MEMORY_CATEGORY)
        || row.text().isBlank()) {
      return false;
    }
    String abstractLine = metadata.path(Keys.L0).asText("");
    return Stream.of(Keys.L0, Keys.L1, Keys.L2)
            .anyMatch(key -> metadata.path(key).asText("").isBlank())
        || abstractLine.codePoints().noneMatch(Character::isLetterOrDigit)
        || (row.text().length() > LONG && abstractLine.strip().equals(row.text().strip()));
  }
}
