package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.task.Pages;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Decides what the runs screen shows. User interface's thread only. */
public final class RunsViewModel {
  private static final int MOST = 200;
  // Pages that are read anew before a list takes the place of the one on screen.
  private static final int KEPT_IN_PLACE = 2;

  private final Session session;
  private final RunMonitor monitor;
  private final Tasks tasks;
  private final Tasks.Latest listQuestion;
  private final Tasks.Latest entriesQuestion;
  private final Pages pages;
  private final Tasks.Latest diffQuestion;
  private final ElsewhereWatch elsewhere;
  private final Set<EntryState> filter = EnumSet.noneOf(EntryState.class);
  private final ReadOnlyObjectWrapper<List<RunRecord>> runs =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ObjectProperty<@Nullable RunRecord> current = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<LazyList<EntryRecord>> entries =
      new ReadOnlyObjectWrapper<>(EntryLists.none());
  private final ReadOnlyObjectWrapper<@Nullable CommittedBatch> batch =
      new ReadOnlyObjectWrapper<>();
  private final ObjectProperty<@Nullable EntryRecord> entry = new SimpleObjectProperty<>();
  private final ObjectProperty<List<Integer>> chosen = new SimpleObjectProperty<>(List.of());
  private final ReadOnlyObjectWrapper<@Nullable Comparison> diff = new ReadOnlyObjectWrapper<>();

  /** For the store of this session. */
  public RunsViewModel(Session session, RunMonitor monitor, Tasks tasks) {
    this.session = session;
    this.monitor = monitor;
    this.tasks = tasks;
    this.listQuestion = tasks.latest();
    this.entriesQuestion = tasks.latest();
    this.pages = tasks.pages();
    this.diffQuestion = tasks.latest();
    this.elsewhere = new ElsewhereWatch(session, tasks);
    session.upgrades().addListener(value -> reset());
    session.revision().addListener(value -> reload());
    monitor
        .progress()
        .addListener(
            (value, before, now) -> {
              if (now != null && (before == null || before.run() != now.run())) {
                reload();
              }
            });
    current.addListener((value, before, now) -> showRun(before, now));
    entry.addListener((value, before, now) -> showEntry(now));
  }

  ReadOnlyObjectProperty<List<RunRecord>> runs() {
    return runs.getReadOnlyProperty();
  }

  ObjectProperty<@Nullable RunRecord> current() {
    return current;
  }

  ReadOnlyObjectProperty<LazyList<EntryRecord>> entries() {
    return entries.getReadOnlyProperty();
  }

  /** The only batch whose entries are shown; null if all are. */
  ReadOnlyObjectProperty<@Nullable CommittedBatch> batch() {
    return batch.getReadOnlyProperty();
  }

  /** Shows a run, and of its entries those of one batch. */
  public void showBatch(long run, CommittedBatch wanted) {
    Upgrades open = session.open();
    if (open != null) {
      tasks.read(
          () -> open.run(run),
          found ->
              found.ifPresent(
                  record -> {
                    current.set(record);
                    entry.set(null);
                    batch.set(wanted);
                    showEntries(record, false);
                  }));
    }
  }

  /** Shows all entries again. */
  void showAllBatches() {
    RunRecord run = current.get();
    batch.set(null);
    if (run != null) {
      entry.set(null);
      showEntries(run, false);
    }
  }

  /** The entry whose comparison is shown. */
  ObjectProperty<@Nullable EntryRecord> entry() {
    return entry;
  }

  /** Where the chosen entries are in the list. */
  ObjectProperty<List<Integer>> chosen() {
    return chosen;
  }

  /** What the run did to the entry, and the memory now; null if no entry is shown. */
  ReadOnlyObjectProperty<@Nullable Comparison> diff() {
    return diff.getReadOnlyProperty();
  }

  /** Whether a run of this window is at work. */
  ReadOnlyBooleanProperty running() {
    return monitor.active();
  }

  /** Whether a run of the store is at work, here or in another process: no other can be started. */
  boolean isBusy() {
    return monitor.isActive() || runs.get().stream().anyMatch(RunActions::isElsewhere);
  }

  /** Whether the run that is shown is over. */
  boolean isOver() {
    RunRecord run = current.get();
    return run != null && run.state().isOver();
  }

  /** The last undo that took back what this run wrote; empty if there is none. */
  Optional<RunRecord> undoneBy(RunRecord run) {
    return runs.get().stream()
        .filter(other -> Long.valueOf(run.id()).equals(other.ofRun()))
        .filter(other -> other.count(EntryState.UNDONE) > 0)
        .findFirst();
  }

  /** Shows only entries with these outcomes; all if none is on. */
  void filter(EntryState state, boolean on) {
    if (on ? filter.add(state) : filter.remove(state)) {
      showAllBatches();
    }
  }

  boolean isFiltered(EntryState state) {
    return filter.contains(state);
  }

  /** Whether an undo of the chosen entries could take something back. */
  boolean canUndoChosen() {
    LazyList<EntryRecord> list = entries.get();
    for (int at : chosen.get()) {
      EntryRecord loaded = list.loaded(at);
      if (loaded == null || loaded.state().isWritten()) {
        return true;
      }
    }
    return false;
  }

  /** Asks and takes back what the run wrote in the chosen entries. */
  void undoChosen(RunActions actions) {
    Upgrades open = session.open();
    RunRecord run = current.get();
    List<Integer> positions = chosen.get();
    if (open == null || run == null || positions.isEmpty()) {
      return;
    }
    Set<EntryState> wanted = Set.copyOf(filter);
    CommittedBatch only = batch.get();
    tasks.read(
        () ->
            only == null
                ? EntryLists.writtenAt(open, run.id(), wanted, positions)
                : EntryLists.writtenOf(only.entriesOf(open, run.id()), positions),
        ids -> {
          if (!ids.isEmpty()) {
            actions.undo(run.id(), run.kind() == RunKind.UNDO, ids);
          }
        });
  }

  private void reset() {
    listQuestion.cancel();
    elsewhere.stop();
    filter.clear();
    runs.set(List.of());
    current.set(null);
  }

  /** Reads the runs anew. */
  void reload() {
    Upgrades open = session.open();
    if (open != null) {
      listQuestion.run(() -> open.runs(MOST), this::showRuns);
    }
  }

  private void showRuns(List<RunRecord> read) {
    RunRecord before = current.get();
    runs.set(List.copyOf(read));
    elsewhere.watch(read);
    Optional<RunRecord> same =
        before == null
            ? Optional.empty()
            : read.stream().filter(run -> run.id() == before.id()).findFirst();
    current.set(same.or(() -> read.stream().findFirst()).orElse(null));
    // The memory may have been written since.
    showEntry(entry.get());
  }

  private void showRun(@Nullable RunRecord before, @Nullable RunRecord now) {
    if (now == null) {
      entriesQuestion.cancel();
      entry.set(null);
      list(EntryLists.none());
      return;
    }
    boolean inPlace = before != null && before.id() == now.id();
    if (!inPlace) {
      filter.clear();
      batch.set(null);
      entry.set(null);
    }
    showEntries(now, inPlace);
  }

  private void showEntries(RunRecord run, boolean inPlace) {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    CommittedBatch only = batch.get();
    if (only != null) {
      entriesQuestion.run(
          () -> only.entriesOf(open, run.id()), found -> list(EntryLists.of(found)));
      return;
    }
    Set<EntryState> wanted = Set.copyOf(filter);
    int size = wanted.isEmpty() ? run.selected() : wanted.stream().mapToInt(run::count).sum();
    LazyList<EntryRecord> next =
        new LazyList<>(
            size,
            EntryLists.LOADING,
            (from, count, done) ->
                pages.read(() -> open.entries(run.id(), wanted, from, count), done, done::dropped));
    List<Integer> used = entries.get().loadedPages();
    List<Integer> kept = used.subList(Math.max(0, used.size() - KEPT_IN_PLACE), used.size());
    if (!inPlace || kept.isEmpty()) {
      entriesQuestion.cancel();
      list(next);
      return;
    }
    entriesQuestion.run(
        () -> {
          Map<Integer, List<EntryRecord>> again = new LinkedHashMap<>();
          for (int page : kept) {
            again.put(page, open.entries(run.id(), wanted, page * LazyList.PAGE, LazyList.PAGE));
          }
          return again;
        },
        read -> {
          read.forEach(next::seed);
          list(next);
        });
  }

  private void list(LazyList<EntryRecord> next) {
    pages.cancel();
    entries.set(next);
  }

  private void showEntry(@Nullable EntryRecord shown) {
    Upgrades open = session.open();
    if (shown == null || open == null || shown.position() < 0) {
      diffQuestion.cancel();
      diff.set(null);
      return;
    }
    diffQuestion.run(() -> Comparison.of(open, shown), diff::set);
  }
}
