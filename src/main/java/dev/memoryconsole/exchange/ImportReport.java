package dev.memoryconsole.exchange;

import dev.memoryconsole.store.insert.InsertReport;
import java.util.List;

/**
 * What became of an import.
 *
 * @param read memories found in the file, good ones only
 * @param inserted what the store made of them
 * @param bad what was not imported
 */
public record ImportReport(long read, InsertReport inserted, List<BadLine> bad) {}
