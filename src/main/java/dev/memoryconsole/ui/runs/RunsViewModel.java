package dev.memoryconsole.ui.runs;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.diff.MetadataDiff;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Decides what the runs screen shows. User interface's thread only. */
public final class RunsViewModel {
  /** Stands in until an entry is loaded. */
  static final EntryRecord LOADING =
      new EntryRecord(0, -1, "", "…", EntryState.QUEUED, "", 0, 0, null, null, 0, null);

  private static final int MOST = 200;
  // Pages that are read anew before a list takes the place of the one on screen.
  private static final int KEPT_IN_PLACE = 2;

  /**
   * A comparison.
   *
   * @param entry what happened to the memory
   * @param keys before, as the run left it, and now
   */
  record Comparison(EntryRecord entry, List<KeyDiff> keys) {}

  private final Session session;
  private final RunMonitor monitor;
  private final Tasks tasks;
  private final Tasks.Latest listQuestion;
  private final Tasks.Latest entriesQuestion;
  private final Tasks.Latest diffQuestion;
  private final ElsewhereWatch elsewhere;
  private final Set<EntryState> filter = EnumSet.noneOf(EntryState.class);
  private final ReadOnlyObjectWrapper<List<RunRecord>> runs =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ObjectProperty<@Nullable RunRecord> current = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<LazyList<EntryRecord>> entries =
      new ReadOnlyObjectWrapper<>(none());
  private final ReadOnlyObjectWrapper<@Nullable CommittedBatch> batch =
      new ReadOnlyObjectWrapper<>();
  private final ObjectProperty<@Nullable EntryRecord> entry = new SimpleObjectProperty<>();
  private final ObjectProperty<List<Integer>> chosen = new SimpleObjectProperty<>(List.of());
  private final ReadOnlyObjectWrapper<@Nullable Comparison> diff = new ReadOnlyObjectWrapper<>();

  /** Of the session's store. */
  public RunsViewModel(Session session, RunMonitor monitor, Tasks tasks) {
    this.session = session;
    this.monitor = monitor;
    this.tasks = tasks;
    this.listQuestion = tasks.latest();
    this.entriesQuestion = tasks.latest();
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
      tasks.run(
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
    tasks.run(
        () ->
            only == null
                ? writtenAt(open, run.id(), wanted, positions)
                : writtenOf(entriesOf(open, run.id(), only), positions),
        ids -> {
          if (!ids.isEmpty()) {
            actions.undo(run.id(), run.kind() == RunKind.UNDO, ids);
          }
        });
  }

  private static List<EntryRecord> entriesOf(Upgrades open, long run, CommittedBatch batch) {
    return batch.own(open.entriesFinished(run, batch.released(), batch.end()));
  }

  private static List<String> writtenOf(List<EntryRecord> batch, List<Integer> positions) {
    return positions.stream()
        .filter(at -> at < batch.size())
        .map(batch::get)
        .filter(one -> one.state().isWritten())
        .map(EntryRecord::id)
        .toList();
  }

  /** The ids of those of these entries that were written; some may never have been on screen. */
  private static List<String> writtenAt(
      Upgrades open, long run, Set<EntryState> wanted, List<Integer> positions) {
    Map<Integer, List<Integer>> byPage =
        positions.stream()
            .collect(
                Collectors.groupingBy(at -> at / LazyList.PAGE, TreeMap::new, Collectors.toList()));
    List<String> ids = new ArrayList<>();
    byPage.forEach(
        (page, wantedAt) -> {
          int from = page * LazyList.PAGE;
          List<EntryRecord> read = open.entries(run, wanted, from, LazyList.PAGE);
          for (int at : wantedAt) {
            if (at - from < read.size() && read.get(at - from).state().isWritten()) {
              ids.add(read.get(at - from).id());
            }
          }
        });
    return ids;
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
      entries.set(none());
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
          () -> entriesOf(open, run.id(), only), found -> entries.set(listOf(found)));
      return;
    }
    Set<EntryState> wanted = Set.copyOf(filter);
    int size = wanted.isEmpty() ? run.selected() : wanted.stream().mapToInt(run::count).sum();
    LazyList<EntryRecord> next =
        new LazyList<>(
            size,
            LOADING,
            (from, count, done) ->
                tasks.run(() -> open.entries(run.id(), wanted, from, count), done));
    List<Integer> used = entries.get().loadedPages();
    List<Integer> kept = used.subList(Math.max(0, used.size() - KEPT_IN_PLACE), used.size());
    if (!inPlace || kept.isEmpty()) {
      entriesQuestion.cancel();
      entries.set(next);
      return;
    }
    entriesQuestion.run(
        () -> {
          Map<Integer, List<EntryRecord>> pages = new LinkedHashMap<>();
          for (int page : kept) {
            pages.put(page, open.entries(run.id(), wanted, page * LazyList.PAGE, LazyList.PAGE));
          }
          return pages;
        },
        pages -> {
          pages.forEach(next::seed);
          entries.set(next);
        });
  }

  private void showEntry(@Nullable EntryRecord shown) {
    Upgrades open = session.open();
    if (shown == null || open == null || shown.position() < 0) {
      diffQuestion.cancel();
      diff.set(null);
      return;
    }
    diffQuestion.run(() -> compare(open, shown), diff::set);
  }

  private static Comparison compare(Upgrades open, EntryRecord shown) {
    // An undo that left no metadata behind wrote null.
    if (shown.written() == null && !shown.state().isWritten()) {
      return new Comparison(shown, List.of());
    }
    List<MemoryEntry> found = open.store().find(List.of(shown.id()));
    return new Comparison(
        shown,
        found.isEmpty()
            ? MetadataDiff.between(shown.before(), shown.written())
            : MetadataDiff.between(shown.before(), shown.written(), found.getFirst().metadata()));
  }

  private static LazyList<EntryRecord> listOf(List<EntryRecord> all) {
    LazyList<EntryRecord> list = new LazyList<>(all.size(), LOADING, (from, count, done) -> {});
    for (int from = 0; from < all.size(); from += LazyList.PAGE) {
      list.seed(
          from / LazyList.PAGE, all.subList(from, Math.min(all.size(), from + LazyList.PAGE)));
    }
    return list;
  }

  private static LazyList<EntryRecord> none() {
    return new LazyList<>(0, LOADING, (from, count, done) -> {});
  }
}
