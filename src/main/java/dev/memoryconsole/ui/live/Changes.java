package dev.memoryconsole.ui.live;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.Versions;
import dev.memoryconsole.ui.common.session.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the store differs from what the window shows of it.
 *
 * @param added memories that are new
 * @param changed memories that are no longer as they were: of those in the table alone where the
 *     store keeps no versions
 * @param gone memories that are no longer there
 * @param elsewhere whether any count differs
 * @param isWhole whether all memories were compared, and not those in the table alone
 */
record Changes(long added, long changed, long gone, boolean elsewhere, boolean isWhole) {
  static final Changes NONE = new Changes(0, 0, 0, false, true);

  /** Whether there is anything to say. */
  boolean isAny() {
    return elsewhere || added > 0 || changed > 0 || gone > 0;
  }

  /** Reads the versions of a store and compares. */
  static Changes between(Versions before, @Nullable Versions now) {
    if (now == null) {
      return new Changes(0, 0, 0, true, false);
    }
    Versions.Difference difference = now.since(before);
    return new Changes(difference.added(), difference.changed(), difference.gone(), false, true);
  }

  /** Reads the store and compares. */
  static Changes in(MemoryStore store, List<MemoryEntry> shown, Session.Totals totals) {
    StoreStats now = store.stats();
    Map<String, MemoryEntry> found = new HashMap<>();
    store
        .find(shown.stream().map(MemoryEntry::id).toList())
        .forEach(entry -> found.put(entry.id(), entry));
    long changed = 0;
    long missing = 0;
    for (MemoryEntry entry : shown) {
      MemoryEntry other = found.get(entry.id());
      missing += other == null ? 1 : 0;
      changed += other == null || other.equals(entry) ? 0 : 1;
    }
    long gone = Math.max(missing, totals.total() - now.total());
    return new Changes(
        Math.max(0, now.total() - totals.total() + gone), changed, gone, !same(now, totals), false);
  }

  private static boolean same(StoreStats now, Session.Totals shown) {
    return now.equals(
        new StoreStats(
            shown.total(),
            shown.legacy(),
            shown.upgraded(),
            shown.fallback(),
            shown.stamped(),
            shown.corpus(),
            shown.byCategory(),
            shown.byScope()));
  }
}
