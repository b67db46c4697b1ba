package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * How many memories each chip would show, given all the rest of the filter. Without any, the
 * store's totals say it; otherwise it is counted after the rows, and nobody waits for it. User
 * interface's thread only.
 */
final class ChipCounts {
  /** How many there are in each state. */
  record Counts(
      long legacy, long upgraded, long fallback, long failed, long stamped, long corpus) {}

  private final Session session;
  private final FilterViewModel filter;
  private final Tasks.Latest question;
  private final ReadOnlyObjectWrapper<Counts> counts =
      new ReadOnlyObjectWrapper<>(of(Session.Totals.NONE));
  private EntryQuery asked = EntryQuery.ALL;

  /** Whether something is to be counted once there are rows. */
  private boolean waits;

  ChipCounts(Session session, Tasks tasks, FilterViewModel filter) {
    this.session = session;
    this.filter = filter;
    this.question = tasks.latest();
    session.totals().addListener(value -> count(true));
    filter.filter().addListener(value -> count(false));
  }

  ReadOnlyObjectProperty<Counts> counts() {
    return counts.getReadOnlyProperty();
  }

  private void count(boolean anew) {
    Upgrades open = session.open();
    EntryQuery wanted = filter.get().inAnyState().sortedBy(EntryQuery.Sort.TIME, false);
    if (!anew && wanted.equals(asked)) {
      return;
    }
    asked = wanted;
    waits = false;
    if (open == null || !filter.get().isNarrowed()) {
      question.cancel();
      counts.set(of(session.totals().get()));
      return;
    }
    question.cancel();
    waits = true;
    if (anew) {
      countNow();
    }
  }

  /** Counts what is not counted yet: the rows on screen are those of the filter. */
  void countNow() {
    Upgrades open = session.open();
    if (waits && open != null) {
      waits = false;
      EntryQuery wanted = asked;
      Set<String> failed = session.totals().get().failedIds();
      question.run(() -> read(open.store(), wanted, failed), counts::set);
    }
  }

  private static Counts of(Session.Totals totals) {
    return new Counts(
        totals.legacy(),
        totals.upgraded(),
        totals.fallback(),
        totals.failedIds().size(),
        totals.stamped(),
        totals.corpus());
  }

  private static Counts read(MemoryStore store, EntryQuery query, Set<String> failed) {
    return new Counts(
        in(store, query, MemoryState.LEGACY),
        in(store, query, MemoryState.UPGRADED),
        in(store, query, MemoryState.FALLBACK),
        failed.isEmpty() ? 0 : store.count(query.withIds(failed)),
        store.count(query.onlyStamped()),
        in(store, query, MemoryState.CORPUS));
  }

  private static long in(MemoryStore store, EntryQuery query, MemoryState state) {
    return store.count(query.withStates(Set.of(state)));
  }
}
