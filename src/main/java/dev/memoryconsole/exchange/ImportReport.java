package dev.memoryconsole.exchange;

import dev.memoryconsole.store.InsertReport;
import java.util.List;

/**
 * What an import did.
 *
 * @param read memories found in the file, good and bad
 * @param inserted what became of the good ones
 * @param bad the others
 */
public record ImportReport(long read, InsertReport inserted, List<BadLine> bad) {}
