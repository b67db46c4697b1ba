package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.llm.Estimate;
import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.PriceTable;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.store.MemoryStore;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** What a run will need of a model. Nothing is sent. */
public final class Estimates {
  private static final int PAGE = 200;

  private Estimates() {}

  /**
   * Reads the entries page by page and counts.
   *
   * @param ids of the entries; those that are gone count for nothing, nor does what is never sent
   * @param soFar told after each entry how many entries were read
   * @throws InterruptedException if interrupted meanwhile
   */
  public static Estimate of(
      MemoryStore store,
      List<String> ids,
      ModelSettings model,
      PriceTable prices,
      LongConsumer soFar)
      throws InterruptedException {
    Estimate sum = Estimate.NONE;
    for (int from = 0; from < ids.size(); from += PAGE) {
      int to = Math.min(from + PAGE, ids.size());
      long read = from;
      for (MemoryEntry entry : store.find(ids.subList(from, to))) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (LegacyRule.stateOf(entry) != MemoryState.CORPUS) {
          sum = sum.plus(Models.estimate(Stream.of(entry.text()), model, prices));
        }
        // After each: a long text takes long to count, and somebody may want to stop.
        soFar.accept(++read);
      }
      soFar.accept(to);
    }
    return sum;
  }
}
