package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** What a run will need of a model. Nothing is sent. */
public final class Estimates {
  private static final int PAGE = 200;

  private Estimates() {}

  /**
   * Which of these entries an upgrade would send: not those that are gone, upgraded already, or of
   * the corpus.
   *
   * @param stamped whether those are taken that look upgraded and probably never were
   */
  public static List<String> sent(MemoryStore store, List<String> ids, boolean stamped) {
    Preconditions open = new Preconditions(stamped ? RunKind.STAMPED : RunKind.UPGRADE, Set.of());
    List<String> sent = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += PAGE) {
      for (MemoryEntry entry : store.find(ids.subList(from, Math.min(from + PAGE, ids.size())))) {
        if (open.refusal(entry).isEmpty()) {
          sent.add(entry.id());
        }
      }
    }
    return sent;
  }

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
