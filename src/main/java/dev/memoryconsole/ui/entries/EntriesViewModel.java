package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.task.Renewal;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Decides which memories the screen shows and which are chosen. User interface's thread only. */
public final class EntriesViewModel {
  /** What stands where the table is. */
  public enum Content {
    LOADING,
    ROWS,
    EMPTY_STORE,
    NOTHING_LEGACY,
    NO_MATCH
  }

  /**
   * What is chosen in the table.
   *
   * @param current the id of the memory whose details are shown; null for none
   */
  record Kept(Filter filter, boolean allMatching, List<String> selected, @Nullable String current) {
    Kept {
      selected = List.copyOf(selected);
    }
  }

  /** A number that is still being counted. */
  static final long UNKNOWN = -1;

  private final Session session;
  private final Tasks.Latest counting;
  private final Renewal counts = new Renewal();
  private final EntryRows rows;
  private final FilterViewModel filter = new FilterViewModel(this::filtered);
  private final ChipCounts chips;
  private final Selection selection = new Selection();
  private final CurrentMemory current;
  private final ReadOnlyObjectWrapper<Content> content =
      new ReadOnlyObjectWrapper<>(Content.LOADING);
  private final ReadOnlyLongWrapper matching = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper upgradable = new ReadOnlyLongWrapper(UNKNOWN);
  private Filter shown = Filter.NONE;

  /** Whether the store has just been shown, and its rows asked for. */
  private boolean fresh;

  /** Whether what an upgrade would take is to be counted once there are rows. */
  private boolean uncounted;

  /** For the store of this session. */
  public EntriesViewModel(Session session, Tasks tasks) {
    this.session = session;
    this.counting = tasks.latest();
    this.rows = new EntryRows(tasks);
    rows.onFirst(this::begun);
    this.chips = new ChipCounts(session, tasks, filter);
    this.current = new CurrentMemory(session, tasks);
    session.upgrades().addListener((value, before, now) -> reset());
    session.revision().addListener((value, before, now) -> renew());
  }

  FilterViewModel filter() {
    return filter;
  }

  /** The memories of the pages that are loaded. */
  List<MemoryEntry> loaded() {
    LazyList<MemoryRow> now = rows.rows().get();
    return now.loadedPages().stream()
        .flatMap(page -> now.page(page).stream())
        .flatMap(row -> Stream.ofNullable(row.entry()))
        .toList();
  }

  /** How many memories each chip would show. */
  ReadOnlyObjectProperty<ChipCounts.Counts> chips() {
    return chips.counts();
  }

  ReadOnlyObjectProperty<LazyList<MemoryRow>> rows() {
    return rows.rows();
  }

  /** Whether the rows of another filter or order are waited for, and have been for a moment. */
  ReadOnlyBooleanProperty late() {
    return rows.late();
  }

  /** Whether it is an order that is waited for. */
  boolean isSorting() {
    return isSameRows(shown, filter.get());
  }

  ReadOnlyObjectProperty<Content> content() {
    return content.getReadOnlyProperty();
  }

  /** How many match; {@link #UNKNOWN} until all are listed. */
  ReadOnlyLongProperty matching() {
    return matching.getReadOnlyProperty();
  }

  /** How many of those that match an upgrade would take; {@link #UNKNOWN} until counted. */
  ReadOnlyLongProperty upgradable() {
    return upgradable.getReadOnlyProperty();
  }

  ObjectProperty<@Nullable MemoryRow> current() {
    return current.row();
  }

  Selection selection() {
    return selection;
  }

  Session.Totals totals() {
    return session.totals().get();
  }

  ReadOnlyObjectProperty<Session.Totals> totalsProperty() {
    return session.totals();
  }

  /** The exact query on screen. */
  public EntryQuery query() {
    return filter.get().query(totals().failedIds());
  }

  EntryQuery upgradableQuery() {
    return filter.get().upgradable(totals().failedIds());
  }

  Kept kept() {
    MemoryRow row = current.row().get();
    return new Kept(
        filter.latest(), selection.isAllMatching(), selection.ids(), row == null ? null : row.id());
  }

  void restore(Kept kept) {
    filter.update(kept.filter());
    if (kept.allMatching()) {
      selection.chooseAllMatching();
    }
    kept.selected().forEach(selection::toggle);
    if (kept.current() != null) {
      show(kept.current());
    }
  }

  /** Chooses all rows between two places in the table, both included. */
  void chooseRange(int from, int to) {
    selection.choose(rows.ids(Math.min(from, to), Math.max(from, to) + 1));
  }

  /** Makes a memory the current one, whether it matches or not. */
  void show(String id) {
    current.show(id);
  }

  /** Goes back to the rows on screen: those asked for take too long. */
  void cancelListing() {
    rows.cancel();
    boolean sorted = isSorting();
    filter.restore(shown);
    if (!sorted) {
      count();
    }
    countNow();
  }

  private void filtered(Filter before, Filter now) {
    if (!isSameRows(before, now)) {
      if (selection.isAllMatching()) {
        selection.clear();
      }
      count();
    }
    Upgrades open = session.open();
    if (open != null) {
      rows.list(asked(open), this::listed);
    }
  }

  private static boolean isSameRows(Filter one, Filter other) {
    return one.sortedBy(other.sort(), other.ascending()).equals(other);
  }

  private EntryRows.Asked asked(Upgrades open) {
    return new EntryRows.Asked(open.store(), query(), totals().failedIds());
  }

  private void reset() {
    selection.clear();
    current.row().set(null);
    filter.reset();
    shown = Filter.NONE;
    content.set(Content.LOADING);
    matching.set(UNKNOWN);
    rows.clear();
    count();
    Upgrades open = session.open();
    fresh = open != null;
    if (open != null) {
      // At once: which failed, which the journal tells, is shown when it is known.
      rows.list(asked(open), this::listed);
    }
  }

  /** Makes sure that the rows are no older than what somebody has read by now. */
  void keepUp() {
    Upgrades open = session.open();
    if (open != null) {
      rows.renewIfOld(asked(open), this::listed);
    }
  }

  private void renew() {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    if (fresh) {
      fresh = false;
      keepUp();
    } else {
      rows.renew(asked(open), this::listed);
    }
    counts.ask(this::countUpgradable);
  }

  private void begun() {
    shown = filter.get();
    countNow();
    matching.set(UNKNOWN);
    content.set(Content.ROWS);
  }

  private void listed() {
    shown = filter.get();
    countNow();
    int size = rows.rows().get().size();
    selection.matching(size);
    matching.set(session.isCounted() ? filter.get().matching(totals(), size) : size);
    content.set(contentOf(size));
  }

  private void count() {
    counting.cancel();
    counts.reset();
    upgradable.set(UNKNOWN);
    uncounted = true;
  }

  /** Counts what is not counted yet: first come the rows, which somebody waits for. */
  private void countNow() {
    chips.countNow();
    if (uncounted) {
      uncounted = false;
      counts.ask(this::countUpgradable);
    }
  }

  private void countUpgradable() {
    Upgrades open = session.open();
    if (open == null) {
      counts.done();
      return;
    }
    EntryQuery legacy = upgradableQuery();
    counting.run(
        () -> open.store().count(legacy),
        found -> {
          upgradable.set(found);
          counts.done();
        },
        counts::done);
  }

  private Content contentOf(int size) {
    if (size > 0) {
      return Content.ROWS;
    }
    if (!filter.get().isFiltering()) {
      return Content.EMPTY_STORE;
    }
    return filter.get().isOnlyLegacy() ? Content.NOTHING_LEGACY : Content.NO_MATCH;
  }
}
