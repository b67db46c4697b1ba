package dev.memoryconsole.ui.mend;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.Keep;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * What the admin wants of a merge. Immutable.
 *
 * @param keep the rule for the one that is kept
 * @param deletes whether the others are deleted; if not, they are archived
 * @param chosen the ids of those that are kept whatever the rule says
 */
record MergeDraft(Keep keep, boolean deletes, Set<String> chosen) {
  MergeDraft {
    chosen = Set.copyOf(chosen);
  }

  static MergeDraft of(Set<String> chosen) {
    return new MergeDraft(Keep.MOST_USED, false, chosen);
  }

  MergeDraft with(Keep rule) {
    return new MergeDraft(rule, deletes, chosen);
  }

  MergeDraft withDeletes(boolean on) {
    return new MergeDraft(keep, on, chosen);
  }

  /** Keeps this one of its group. */
  MergeDraft withKept(String id, Collection<String> group) {
    Set<String> others = new HashSet<>(chosen);
    others.removeAll(group);
    others.add(id);
    return new MergeDraft(keep, deletes, others);
  }

  Comparator<MemoryEntry> order() {
    return keep.order(chosen);
  }
}
