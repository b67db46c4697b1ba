package dev.memoryconsole.ui.entries.rows;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The memories that something is done with: those that are chosen, or the current one alone.
 *
 * @param count how many
 * @param query what they are among
 * @param ids which; with {@code allBut} the exceptions
 * @param allBut whether all that match are meant, but for these
 */
record Targets(long count, EntryQuery query, List<String> ids, boolean allBut) {
  static final Targets NONE = new Targets(0, EntryQuery.ALL, List.of(), false);

  /** The chosen ones if there are any, otherwise the current one. */
  static Targets ofKeyboard(Rows rows) {
    return rows.chosen() > 0 ? chosen(rows) : current(rows);
  }

  /** The chosen ones if the current one, which was clicked, is among them; otherwise that alone. */
  static Targets ofMouse(Rows rows) {
    MemoryEntry current = rows.current();
    return current != null && rows.isChosen(current.id()) ? chosen(rows) : current(rows);
  }

  private static Targets chosen(Rows rows) {
    return new Targets(rows.chosen(), rows.query(), rows.chosenIds(), rows.isAllChosen());
  }

  private static Targets current(Rows rows) {
    @Nullable MemoryEntry current = rows.current();
    return current == null ? NONE : new Targets(1, EntryQuery.ALL, List.of(current.id()), false);
  }

  /** All that match. */
  static Targets matching(Rows rows) {
    return new Targets(rows.matching(), rows.query(), List.of(), true);
  }

  /**
   * Their ids; misses none that another program is just replacing. Background threads only.
   *
   * @throws InterruptedException if interrupted
   */
  List<String> inventory(MemoryStore store) throws InterruptedException {
    if (!allBut) {
      return ids;
    }
    Set<String> exceptions = Set.copyOf(ids);
    return store.inventory(query, Integer.MAX_VALUE).stream()
        .filter(id -> !exceptions.contains(id))
        .toList();
  }

  /** The query that finds exactly these. Background threads only. */
  EntryQuery exactly(MemoryStore store) {
    if (allBut && ids.isEmpty()) {
      return query;
    }
    Set<String> wanted = new HashSet<>(allBut ? store.ids(query, Integer.MAX_VALUE) : ids);
    if (allBut) {
      ids.forEach(wanted::remove);
    }
    return EntryQuery.ALL.withIds(wanted).sortedBy(query.sort(), query.ascending());
  }

  /** Reads them, the first so many, in the order of the table. Background threads only. */
  List<MemoryEntry> read(MemoryStore store, int most) {
    List<String> first = store.ids(exactly(store), most);
    Map<String, MemoryEntry> found = new HashMap<>();
    store.find(first).forEach(entry -> found.put(entry.id(), entry));
    List<MemoryEntry> inOrder = new ArrayList<>();
    first.forEach(
        id -> {
          MemoryEntry entry = found.get(id);
          if (entry != null) {
            inOrder.add(entry);
          }
        });
    return inOrder;
  }
}
