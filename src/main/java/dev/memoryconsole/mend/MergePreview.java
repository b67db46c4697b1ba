package dev.memoryconsole.mend;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.mend.MendPlan.Merge.Fate;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * What merging duplicates would do; nothing is written. It is a {@link MendPreview} whose items
 * come group by group, the memory that is kept first, and are run and taken back like any other:
 * {@code upgrades.mend(preview.mends(), …)}. A group goes whole or not at all: whoever leaves a
 * group out leaves out all items with that {@link MendPlan.Merge#keeper}.
 */
public final class MergePreview {
  /** As many of one group as are written in one short hold of the lock; a next merge takes more. */
  public static final int MOST_TOGETHER = 50;

  private final MemoryStore store;
  private final Comparator<MemoryEntry> order;
  private final Fate others;
  private final Set<String> taken = new HashSet<>();

  private MergePreview(MemoryStore store, Comparator<MemoryEntry> order, Fate others) {
    this.store = store;
    this.order = order;
    this.others = others;
  }

  /**
   * Looks at groups of duplicates. Memories that are gone, archived, of the corpus or unreadable
   * are left out, and so is a group of which less than two are left. Of a group of more than
   * {@value #MOST_TOGETHER} so many are taken; the one that is kept is the first of all of them.
   *
   * @param groups the ids of each; a memory that is in two counts for the first
   * @param order the one that is kept of a group comes first; {@link Keep#order}
   * @param deletes whether the others are deleted; if not, they are archived
   * @param looked told how many groups were looked at; what it throws ends the look
   * @throws InterruptedException if interrupted
   */
  public static MendPreview of(
      MemoryStore store,
      Collection<List<String>> groups,
      Comparator<MemoryEntry> order,
      boolean deletes,
      IntConsumer looked)
      throws InterruptedException {
    MergePreview preview = new MergePreview(store, order, deletes ? Fate.DELETED : Fate.ARCHIVED);
    List<MendPreview.Item> items = new ArrayList<>();
    List<List<String>> part = new ArrayList<>();
    int size = 0;
    int done = 0;
    for (List<String> group : groups) {
      part.add(group);
      size += group.size();
      if (size >= MendPreview.AT_ONCE) {
        items.addAll(preview.items(part));
        looked.accept(done += part.size());
        part.clear();
        size = 0;
      }
    }
    items.addAll(preview.items(part));
    return new MendPreview(items);
  }

  private List<MendPreview.Item> items(List<List<String>> groups) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Set<String> ids = new LinkedHashSet<>();
    groups.forEach(ids::addAll);
    Map<String, MemoryEntry> found = ids.isEmpty() ? Map.of() : MendPreview.rows(store, ids);
    return groups.stream().flatMap(group -> items(group, found).stream()).toList();
  }

  private List<MendPreview.Item> items(List<String> group, Map<String, MemoryEntry> found) {
    List<MemoryEntry> rows = new ArrayList<>();
    for (String id : group) {
      MemoryEntry row = found.get(id);
      if (row != null && isOpen(row) && taken.add(id)) {
        rows.add(row);
      }
    }
    if (rows.size() < 2) {
      return List.of();
    }
    rows.sort(order);
    MemoryEntry kept = rows.getFirst();
    int size = Math.min(rows.size(), MOST_TOGETHER);
    List<MemoryEntry> rest = rows.subList(1, size);
    List<MendPreview.Item> items = new ArrayList<>(size);
    items.add(item(kept, kept, size, Fate.KEPT, changes(kept, rest)));
    for (MemoryEntry row : rest) {
      items.add(item(row, kept, size, others, others == Fate.ARCHIVED ? archived(row) : List.of()));
    }
    return items;
  }

  private static boolean isOpen(MemoryEntry row) {
    return MendPlan.deletionOf(row).fit(row) == MendPlan.Fit.OPEN && !MendMerge.isArchived(row);
  }

  private static MendPreview.Item item(
      MemoryEntry row, MemoryEntry kept, int size, Fate fate, List<MendPlan.Change> changes) {
    return new MendPreview.Item(
        row.id(),
        Titles.of(row.text()),
        MendPlan.Fit.OPEN,
        new MendPlan.Merge(kept.id(), size, fate, SeenRow.of(row), changes));
  }

  private static List<MendPlan.Change> changes(MemoryEntry kept, List<MemoryEntry> rest) {
    ColumnValues columns = MergedCounters.columns(kept, rest);
    return new MendPlan.Fields(
            MergedCounters.keys(kept, rest),
            columns,
            MetadataJson.objectOrEmpty(kept.metadata()),
            ColumnValues.of(kept, columns.values().keySet()))
        .changes();
  }

  private static List<MendPlan.Change> archived(MemoryEntry row) {
    return MendPlan.of(row, new FieldChanges(Map.of(MendField.STATE, MendMerge.ARCHIVED)))
        .changes();
  }
}
