package dev.memoryconsole.mend;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.mend.MendPlan.Merge.Fate;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Keep keep;
  private final Fate others;
  private final Set<String> taken = new HashSet<>();

  private MergePreview(MemoryStore store, Keep keep, Fate others) {
    this.store = store;
    this.keep = keep;
    this.others = others;
  }

  /**
   * Looks at groups of duplicates. Memories that are gone, of the corpus or unreadable are left
   * out, and so is a group of which less than two are left. Of a group of more than {@value
   * #MOST_TOGETHER} so many are taken; the one that is kept is the first of all of them.
   *
   * @param groups the ids of each; a memory that is in two counts for the first
   * @param deletes whether the others are deleted; if not, they are archived
   * @param looked told how many groups were looked at; what it throws ends the look
   * @throws InterruptedException if interrupted
   */
  public static MendPreview of(
      MemoryStore store,
      Collection<List<String>> groups,
      Keep keep,
      boolean deletes,
      IntConsumer looked)
      throws InterruptedException {
    MergePreview preview = new MergePreview(store, keep, deletes ? Fate.DELETED : Fate.ARCHIVED);
    List<MendPreview.Item> items = new ArrayList<>();
    int done = 0;
    for (List<String> group : groups) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      looked.accept(done++);
      items.addAll(preview.items(group));
    }
    return new MendPreview(items);
  }

  private List<MendPreview.Item> items(List<String> group) {
    Map<String, MemoryEntry> found = new HashMap<>();
    store.find(group).forEach(row -> found.put(row.id(), row));
    List<MemoryEntry> rows = new ArrayList<>();
    for (String id : group) {
      MemoryEntry row = found.get(id);
      if (row != null && MendPlan.deletionOf(row).fit(row) == MendPlan.Fit.OPEN && taken.add(id)) {
        rows.add(row);
      }
    }
    if (rows.size() < 2) {
      return List.of();
    }
    // Of equal ones the first stays first.
    rows.sort(keep.order());
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
