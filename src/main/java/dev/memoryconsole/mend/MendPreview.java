package dev.memoryconsole.mend;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * What a mend would do, memory by memory; nothing is written. A mend that follows is held to what
 * is seen here.
 */
public record MendPreview(List<Item> items) {
  static final int AT_ONCE = 500;

  /**
   * One memory.
   *
   * @param id its id
   * @param title the beginning of its text, one line
   * @param fit whether it would be written
   * @param plan what would be done with it
   */
  public record Item(String id, String title, MendPlan.Fit fit, MendPlan plan) {}

  /** Copies the items. */
  public MendPreview {
    items = List.copyOf(items);
  }

  /**
   * Looks at the memories that match, also those that are just being replaced.
   *
   * @param limit at most so many
   * @throws InterruptedException if interrupted
   */
  public static MendPreview of(MemoryStore store, EntryQuery query, int limit, FieldChanges changes)
      throws InterruptedException {
    return of(store, store.inventory(query, limit), changes);
  }

  /** What is to be set in a row; empty to leave it out. */
  @FunctionalInterface
  public interface Rule {
    /** Decides on a row as it is seen now. */
    Optional<FieldChanges> changes(MemoryEntry row);
  }

  /**
   * Looks at these memories, to be deleted; those that are not there are left out. Their run is
   * started and taken back like that of any other preview: {@code upgrades.mend(preview.mends(),
   * …)}; its entries end as {@code DELETED}.
   *
   * @param looked told how many were looked at; what it throws ends the look
   * @throws InterruptedException if interrupted
   */
  public static MendPreview ofDeletion(
      MemoryStore store, Collection<String> ids, IntConsumer looked) throws InterruptedException {
    return planned(store, ids, row -> Optional.of(MendPlan.deletionOf(row)), looked);
  }

  /**
   * Looks at these memories; those that are not there are left out.
   *
   * @throws InterruptedException if interrupted
   */
  public static MendPreview of(MemoryStore store, Collection<String> ids, FieldChanges changes)
      throws InterruptedException {
    return of(store, ids, row -> Optional.of(changes));
  }

  /**
   * Looks at these memories, in each of which something else may be to be set.
   *
   * @throws InterruptedException if interrupted
   */
  public static MendPreview of(MemoryStore store, Collection<String> ids, Rule rule)
      throws InterruptedException {
    return of(store, ids, rule, looked -> {});
  }

  /**
   * Looks at these memories, and tells how far it is.
   *
   * @param looked told how many were looked at; what it throws ends the look
   * @throws InterruptedException if interrupted
   */
  public static MendPreview of(
      MemoryStore store, Collection<String> ids, Rule rule, IntConsumer looked)
      throws InterruptedException {
    return planned(
        store, ids, row -> rule.changes(row).map(changes -> MendPlan.of(row, changes)), looked);
  }

  private static MendPreview planned(
      MemoryStore store,
      Collection<String> ids,
      Function<MemoryEntry, Optional<MendPlan>> planner,
      IntConsumer looked)
      throws InterruptedException {
    List<String> all = List.copyOf(new LinkedHashSet<>(ids));
    List<Item> items = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      looked.accept(from);
      List<String> part = all.subList(from, Math.min(from + AT_ONCE, all.size()));
      Map<String, MemoryEntry> rows = rows(store, part);
      for (String id : part) {
        MemoryEntry row = rows.get(id);
        if (row != null) {
          planner
              .apply(row)
              .ifPresent(
                  plan -> items.add(new Item(id, Titles.of(row.text()), plan.fit(row), plan)));
        }
      }
    }
    return new MendPreview(items);
  }

  /** Those of these memories that are there, by their ids. */
  static Map<String, MemoryEntry> rows(MemoryStore store, Collection<String> ids) {
    Map<String, MemoryEntry> rows = new HashMap<>();
    store.find(ids).forEach(row -> rows.put(row.id(), row));
    if (rows.size() < ids.size()) {
      // The plugin replaces a row by deleting and adding it: once is not enough to miss one.
      store.find(ids).forEach(row -> rows.put(row.id(), row));
    }
    return rows;
  }

  /** How many of them stand so. */
  public int count(MendPlan.Fit fit) {
    return (int) items.stream().filter(item -> item.fit() == fit).count();
  }

  /** What a mend would do; without those in which there is nothing to do. */
  public List<PlannedMend> mends() {
    return items.stream()
        .filter(item -> item.fit() == MendPlan.Fit.OPEN)
        .map(item -> new PlannedMend(item.id(), item.plan()))
        .toList();
  }
}
