package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.MemoryEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** Reads from one version of a dataset, batch by batch. */
public final class Scans {
  /** Rows in memory at once, as long as nobody says otherwise. */
  private static final long BATCH = 1_024;

  private static final int BATCHES_AHEAD = 2;
  private static final int MOST_IDS = 1_000;

  private Scans() {}

  /** What is done with a batch; it is gone when this returns. */
  @FunctionalInterface
  public interface Batch {
    /** Reads it. */
    void read(VectorSchemaRoot rows) throws Exception;
  }

  /** Bounds the rows in memory at once. */
  public static ScanOptions.Builder options() {
    return new ScanOptions.Builder().batchSize(BATCH).batchReadahead(BATCHES_AHEAD);
  }

  /**
   * Hands out the rows of one scan, batch by batch, and gives up between two of them once nobody
   * waits any more.
   */
  // The scanner's close() declares to throw anything.
  @SuppressWarnings("try")
  public static void scan(Dataset dataset, ScanOptions options, Batch batch) throws Exception {
    Cancellation.check();
    try (LanceScanner scanner = dataset.newScan(options);
        ArrowReader reader = scanner.scanBatches()) {
      while (reader.loadNextBatch()) {
        Cancellation.check();
        batch.read(reader.getVectorSchemaRoot());
      }
    }
  }

  /** The rows with these ids, in the order of the ids; those with the same id together. */
  public static List<MemoryEntry> byIds(Dataset dataset, Shape shape, Collection<String> ids)
      throws Exception {
    Map<String, List<MemoryEntry>> found = new HashMap<>();
    List<String> wanted = ids.stream().distinct().toList();
    for (int from = 0; from < wanted.size(); from += MOST_IDS) {
      List<String> some = wanted.subList(from, Math.min(from + MOST_IDS, wanted.size()));
      scan(
          dataset,
          options().columns(shape.ofEntry()).filter(oneOf(some)).build(),
          rows -> {
            for (int row = 0; row < rows.getRowCount(); row++) {
              String id = TableColumns.text(rows, TableColumns.ID, row);
              if (id != null) {
                found
                    .computeIfAbsent(id, key -> new ArrayList<>(1))
                    .add(TableColumns.entry(rows, row, id));
              }
            }
          });
    }
    return wanted.stream().flatMap(id -> found.getOrDefault(id, List.of()).stream()).toList();
  }

  /** A condition that only rows with these ids meet. */
  public static String oneOf(Collection<String> ids) {
    return ids.stream().map(Scans::literal).collect(Collectors.joining(", ", "id IN (", ")"));
  }

  /**
   * A text in SQL. Characters beyond the first 65,536 go by their number, because Lance can't read
   * them in the text it is handed.
   */
  private static String literal(String text) {
    if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
      return quoted(text);
    }
    return text.codePoints()
        .mapToObj(
            point ->
                Character.isSupplementaryCodePoint(point)
                    ? "chr(" + point + ")"
                    : quoted(Character.toString(point)))
        .collect(Collectors.joining(" || ", "(", ")"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
