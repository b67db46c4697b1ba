package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.insert.InsertReport;
import java.util.Collection;
import java.util.List;

/**
 * Splits rows that are added into batches of one lock each, and remembers how large they were good.
 * Safe for use by many threads.
 */
public final class InsertBatches {
  // Whoever waits for the lock meanwhile hardly notices; the more rows go together, the fewer pages
  // are written again for each of them.
  private static final long GOOD_NANOS = 100_000_000;
  private static final int FIRST = 200;
  private static final int FEWEST = 50;
  private static final int MOST = 2_000;

  private volatile int size = FIRST;

  /** Adds a batch. */
  @FunctionalInterface
  public interface Adding {
    /** Adds it under one lock. */
    InsertReport add(List<MemoryEntry> batch) throws InterruptedException;
  }

  /** Adds all, each batch as large as the last one was quick, with the wait for its lock. */
  public InsertReport add(Collection<MemoryEntry> entries, Adding adding)
      throws InterruptedException {
    List<MemoryEntry> all = List.copyOf(entries);
    InsertReport total = new InsertReport(0, 0, 0);
    for (int from = 0; from < all.size(); ) {
      int most = size;
      int to = Math.min(from + most, all.size());
      long begun = System.nanoTime();
      total = total.plus(adding.add(all.subList(from, to)));
      long took = Math.max(1, System.nanoTime() - begun);
      if (to - from == most) {
        size = Math.clamp(Math.min(most * GOOD_NANOS / took, 2L * most), FEWEST, MOST);
      }
      from = to;
    }
    return total;
  }
}
