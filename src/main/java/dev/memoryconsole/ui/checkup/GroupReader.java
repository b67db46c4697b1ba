package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.mend.MendMerge;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.store.MemoryStore;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a group as its memories are now, and which of them is kept. Keeps no more of them than one.
 * Background threads only.
 */
final class GroupReader {
  private static final int AT_ONCE = 500;

  /**
   * A group; what was archived since it was found is not of it any more.
   *
   * @param kept null if none of it is there any more
   * @param others the ids of the others that are there, in the group's order
   */
  record Split(@Nullable MemoryEntry kept, List<String> others) {}

  private GroupReader() {}

  /**
   * Reads a group.
   *
   * @param chosen the ids of those that the admin wants to keep
   */
  static Split split(MemoryStore store, List<Report.Found> group, Set<String> chosen) {
    List<String> ids = group.stream().map(Report.Found::id).toList();
    Comparator<MemoryEntry> order = Keep.MOST_USED.order(chosen);
    Set<String> there = new HashSet<>();
    MemoryEntry kept = null;
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      Cancellation.check();
      for (MemoryEntry row : store.find(ids.subList(from, Math.min(from + AT_ONCE, ids.size())))) {
        if (!MendMerge.isArchived(row)) {
          there.add(row.id());
          kept = kept == null || order.compare(row, kept) < 0 ? row : kept;
        }
      }
    }
    if (kept != null) {
      there.remove(kept.id());
    }
    return new Split(kept, ids.stream().filter(there::contains).toList());
  }
}
