package dev.memoryconsole.store.lance.read;

import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.MetadataCounts;
import dev.memoryconsole.store.facet.MetadataTally;
import dev.memoryconsole.store.lance.table.Scans;
import dev.memoryconsole.store.lance.table.Shape;
import dev.memoryconsole.store.lance.table.TableColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.lance.Dataset;

/** Counts what rows say in columns that the catalog does not keep. Stateless. */
public final class FacetScans {
  private static final Comparator<LargeMemory> SMALLEST_FIRST =
      Comparator.comparingLong(LargeMemory::bytes)
          .thenComparing(LargeMemory::id, Comparator.reverseOrder());

  private FacetScans() {}

  /** What all rows say in their metadata. */
  public static MetadataCounts metadata(Dataset dataset, Shape shape) throws Exception {
    MetadataTally tally = new MetadataTally();
    Scans.scan(
        dataset,
        Scans.options().columns(shape.described()).build(),
        batch -> {
          for (int i = 0; i < batch.getRowCount(); i++) {
            // As in the catalog: a row without an id is none.
            if (TableColumns.text(batch, TableColumns.ID, i) != null) {
              tally.add(TableColumns.text(batch, TableColumns.METADATA, i), 1);
            }
          }
        });
    return tally.counts();
  }

  /** The rows that take the most room, the largest first. */
  public static List<LargeMemory> largest(Dataset dataset, Shape shape, int most) throws Exception {
    PriorityQueue<LargeMemory> all = new PriorityQueue<>(SMALLEST_FIRST);
    Scans.scan(
        dataset,
        Scans.options().columns(shape.searched()).build(),
        batch -> {
          for (int i = 0; i < batch.getRowCount(); i++) {
            String id = TableColumns.text(batch, TableColumns.ID, i);
            if (id == null) {
              continue;
            }
            long bytes =
                TableColumns.bytes(batch, TableColumns.TEXT, i)
                    + TableColumns.bytes(batch, TableColumns.METADATA, i);
            if (all.size() < most || bytes >= all.peek().bytes()) {
              String text = TableColumns.text(batch, TableColumns.TEXT, i);
              all.add(new LargeMemory(id, beginning(text == null ? "" : text), bytes));
              if (all.size() > most) {
                all.poll();
              }
            }
          }
        });
    List<LargeMemory> largest = new ArrayList<>(all);
    largest.sort(SMALLEST_FIRST.reversed());
    return largest;
  }

  private static String beginning(String text) {
    int shown = Math.min(text.length(), LargeMemory.SHOWN);
    return text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, shown)));
  }
}
