package dev.memoryconsole.ui.services;

import dev.memoryconsole.exchange.source.SourceFormat;
import dev.memoryconsole.memory.MemoryEntry;
import java.util.List;

/**
 * What a file holds, before it is imported.
 *
 * @param format whose memories they are
 * @param first the first of them, as they would come in
 */
public record ImportPreview(SourceFormat format, List<MemoryEntry> first) {
  /** Copies the list. */
  public ImportPreview {
    first = List.copyOf(first);
  }
}
