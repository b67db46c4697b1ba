package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.find.Keeper;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which memory of a group is kept, as all of them are now. Reads in parts, and keeps no
 * more of them than one of each group. Background threads only.
 */
final class GroupReader {
  private static final int AT_ONCE = 500;

  private final MemoryStore store;
  private final Map<String, String> wanted;

  /**
   * Reads this store.
   *
   * @param wanted what the admin wants to keep, by the first id of its group
   */
  GroupReader(MemoryStore store, Map<String, String> wanted) {
    this.store = store;
    this.wanted = wanted;
  }

  /**
   * A group.
   *
   * @param kept null if none of it is there any more
   * @param others the ids of the others that are there, in the group's order
   */
  record Split(@Nullable MemoryEntry kept, List<String> others) {}

  /** One group. */
  Split split(List<Report.Found> group) {
    return splitAll(List.of(group)).getFirst();
  }

  /** The ids of those in all groups that are not kept. */
  List<String> others(List<List<Report.Found>> groups) {
    List<String> others = new ArrayList<>();
    List<List<Report.Found>> part = new ArrayList<>();
    int size = 0;
    for (List<Report.Found> group : groups) {
      part.add(group);
      size += group.size();
      if (size >= AT_ONCE) {
        splitAll(part).forEach(split -> others.addAll(split.others()));
        part.clear();
        size = 0;
      }
    }
    splitAll(part).forEach(split -> others.addAll(split.others()));
    return others;
  }

  private List<Split> splitAll(List<List<Report.Found>> groups) {
    Map<String, Integer> places = new HashMap<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Report.Found memory : groups.get(i)) {
        places.put(memory.id(), i);
        ids.add(memory.id());
      }
    }
    Map<Integer, MemoryEntry> best = new HashMap<>();
    Set<String> there = new HashSet<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      Cancellation.check();
      for (MemoryEntry row : store.find(ids.subList(from, Math.min(from + AT_ONCE, ids.size())))) {
        Integer place = places.get(row.id());
        if (place != null) {
          there.add(row.id());
          String own = wanted.get(groups.get(place).getFirst().id());
          best.merge(place, row, (one, other) -> better(one, other, own));
        }
      }
    }
    List<Split> splits = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      MemoryEntry kept = best.get(i);
      splits.add(
          new Split(
              kept,
              groups.get(i).stream()
                  .map(Report.Found::id)
                  .filter(id -> there.contains(id) && kept != null && !id.equals(kept.id()))
                  .toList()));
    }
    return splits;
  }

  private static MemoryEntry better(MemoryEntry one, MemoryEntry other, @Nullable String own) {
    if (one.id().equals(own)) {
      return one;
    }
    return other.id().equals(own) ? other : Keeper.better(one, other);
  }
}
