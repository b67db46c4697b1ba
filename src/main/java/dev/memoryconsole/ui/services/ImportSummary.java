package dev.memoryconsole.ui.services;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.insert.InsertReport;
import java.util.List;

/**
 * What became of an import.
 *
 * @param rows rows added, replaced and skipped
 * @param badLines one sentence for each record that could not be read
 */
public record ImportSummary(InsertReport rows, List<Message> badLines) {
  /** Copies the list. */
  public ImportSummary {
    badLines = List.copyOf(badLines);
  }
}
