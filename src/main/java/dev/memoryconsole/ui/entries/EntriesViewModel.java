package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.task.Pages;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
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

  private static final int KEPT_IN_PLACE = 3;

  private final Session session;
  private final Tasks tasks;
  private final Tasks.Latest question;
  private final Pages pages;
  private final FilterViewModel filter = new FilterViewModel(this::filtered);
  private final Selection selection = new Selection();
  private final CurrentMemory current;
  private final ReadOnlyObjectWrapper<LazyList<MemoryRow>> rows =
      new ReadOnlyObjectWrapper<>(new LazyList<>(0, MemoryRow.LOADING, (from, count, done) -> {}));
  private final ReadOnlyObjectWrapper<Content> content =
      new ReadOnlyObjectWrapper<>(Content.LOADING);
  private final ReadOnlyLongWrapper matching = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper upgradable = new ReadOnlyLongWrapper();

  /** For the store of this session. */
  public EntriesViewModel(Session session, Tasks tasks) {
    this.session = session;
    this.tasks = tasks;
    this.question = tasks.latest();
    this.pages = tasks.pages();
    this.current = new CurrentMemory(session, tasks);
    session.upgrades().addListener((value, before, now) -> reset());
    session.revision().addListener((value, before, now) -> reload(true));
  }

  FilterViewModel filter() {
    return filter;
  }

  ReadOnlyObjectProperty<LazyList<MemoryRow>> rows() {
    return rows.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Content> content() {
    return content.getReadOnlyProperty();
  }

  ReadOnlyLongProperty matching() {
    return matching.getReadOnlyProperty();
  }

  /** How many of those that match an upgrade would take. */
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

  /** Chooses all rows between two places in the table, both included. */
  void chooseRange(int from, int to) {
    int first = Math.min(from, to);
    int last = Math.min(Math.max(from, to), rows.get().size() - 1);
    List<String> ids = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      MemoryRow row = rows.get().loaded(i);
      if (row == null) {
        chooseUnloaded(first, last);
        return;
      }
      ids.add(row.id());
    }
    selection.choose(ids);
  }

  private void chooseUnloaded(int first, int last) {
    Upgrades open = session.open();
    if (open != null) {
      EntryQuery asked = query();
      tasks.read(
          () -> {
            List<String> ids = open.store().ids(asked, last + 1);
            return ids.subList(Math.min(first, ids.size()), ids.size());
          },
          selection::choose);
    }
  }

  /** Makes the first chosen memory the current one, wherever it is in the table. */
  void showFirstSelected() {
    current.showFirst(selection, query());
  }

  /** Makes a memory the current one, whether it matches or not. */
  void show(String id) {
    current.show(id);
  }

  private void filtered(Filter before, Filter now) {
    boolean sameRows = now.sortedBy(before.sort(), before.ascending()).equals(before);
    if (!sameRows && selection.isAllMatching()) {
      selection.clear();
    }
    reload(false);
  }

  private void reset() {
    question.cancel();
    pages.cancel();
    selection.clear();
    current.row().set(null);
    filter.reset();
    content.set(Content.LOADING);
    rows.set(new LazyList<>(0, MemoryRow.LOADING, (from, count, done) -> {}));
  }

  private record Answer(long matching, long upgradable, Map<Integer, List<MemoryEntry>> pages) {}

  private void reload(boolean inPlace) {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    EntryQuery asked = query();
    EntryQuery legacy = upgradableQuery();
    List<Integer> used = rows.get().loadedPages();
    List<Integer> wanted =
        inPlace && !used.isEmpty()
            ? used.subList(Math.max(0, used.size() - KEPT_IN_PLACE), used.size())
            : List.of(0);
    question.run(
        () -> {
          MemoryStore store = open.store();
          Map<Integer, List<MemoryEntry>> pages = new LinkedHashMap<>();
          for (int page : wanted) {
            pages.put(page, store.page(asked, page * LazyList.PAGE, LazyList.PAGE));
          }
          return new Answer(store.count(asked), store.count(legacy), pages);
        },
        answer -> show(open, asked, answer));
  }

  private void show(Upgrades open, EntryQuery asked, Answer answer) {
    Set<String> failed = totals().failedIds();
    int size = (int) Math.min(answer.matching(), Integer.MAX_VALUE);
    LazyList<MemoryRow> next =
        new LazyList<>(
            size,
            MemoryRow.LOADING,
            (from, count, done) -> loadPage(open, asked, from, count, failed, done));
    answer.pages().forEach((page, entries) -> next.seed(page, MemoryRow.of(entries, failed)));
    matching.set(answer.matching());
    upgradable.set(answer.upgradable());
    selection.matching(answer.matching());
    pages.cancel();
    rows.set(next);
    content.set(contentOf(size));
  }

  private void loadPage(
      Upgrades open,
      EntryQuery asked,
      int from,
      int count,
      Set<String> failed,
      Consumer<List<MemoryRow>> done) {
    pages.read(() -> MemoryRow.of(open.store().page(asked, from, count), failed), done);
  }

  private Content contentOf(int size) {
    if (size > 0) {
      return Content.ROWS;
    }
    if (totals().total() == 0 && !filter.get().isFiltering()) {
      return Content.EMPTY_STORE;
    }
    boolean onlyLegacy =
        Filter.NONE
            .withStates(Set.of(MemoryState.LEGACY))
            .equals(filter.get().sortedBy(Filter.NONE.sort(), Filter.NONE.ascending()));
    return onlyLegacy ? Content.NOTHING_LEGACY : Content.NO_MATCH;
  }
}
