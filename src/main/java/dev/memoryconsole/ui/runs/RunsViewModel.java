package dev.memoryconsole.ui.runs;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.diff.MetadataDiff;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.ui.common.LazyList;
import dev.memoryconsole.ui.common.RunMonitor;
import dev.memoryconsole.ui.common.Session;
import dev.memoryconsole.ui.common.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Decides what the runs screen shows. User interface's thread only. */
public final class RunsViewModel {
  /** Stands in until an entry is loaded. */
  static final EntryRecord LOADING =
      new EntryRecord(0, -1, "", "…", EntryState.QUEUED, "", 0, 0, null, null, null);

  private static final int MOST = 200;

  private final Session session;
  private final RunMonitor monitor;
  private final Tasks tasks;
  private final Tasks.Latest listQuestion;
  private final Tasks.Latest diffQuestion;
  private final Set<EntryState> filter = EnumSet.noneOf(EntryState.class);
  private final ReadOnlyObjectWrapper<List<RunRecord>> runs =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ObjectProperty<@Nullable RunRecord> current = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<LazyList<EntryRecord>> entries =
      new ReadOnlyObjectWrapper<>(none());
  private final ObjectProperty<@Nullable EntryRecord> entry = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable List<KeyDiff>> diff = new ReadOnlyObjectWrapper<>();

  /** Of the session's store. */
  public RunsViewModel(Session session, RunMonitor monitor, Tasks tasks) {
    this.session = session;
    this.monitor = monitor;
    this.tasks = tasks;
    this.listQuestion = tasks.latest();
    this.diffQuestion = tasks.latest();
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

  ObjectProperty<@Nullable EntryRecord> entry() {
    return entry;
  }

  /** What the chosen entry's run wrote, and the memory now; null if no entry is chosen. */
  ReadOnlyObjectProperty<@Nullable List<KeyDiff>> diff() {
    return diff.getReadOnlyProperty();
  }

  boolean canRetry(RunRecord run) {
    return run.state().isOver() && !monitor.isActive() && retryable(run) > 0;
  }

  int retryable(RunRecord run) {
    return run.counts().entrySet().stream()
        .filter(count -> count.getKey().isRetryable())
        .mapToInt(count -> count.getValue())
        .sum();
  }

  void retry() {
    RunRecord run = current.get();
    if (run != null) {
      monitor.retry(run.id());
    }
  }

  /** Shows only entries with these outcomes; all if none is on. */
  void filter(EntryState state, boolean on) {
    if (on ? filter.add(state) : filter.remove(state)) {
      RunRecord run = current.get();
      if (run != null) {
        entry.set(null);
        showEntries(run);
      }
    }
  }

  boolean isFiltered(EntryState state) {
    return filter.contains(state);
  }

  private void reset() {
    listQuestion.cancel();
    filter.clear();
    runs.set(List.of());
    current.set(null);
  }

  private void reload() {
    Upgrades open = session.open();
    if (open != null) {
      listQuestion.run(() -> open.runs(MOST), this::showRuns);
    }
  }

  private void showRuns(List<RunRecord> read) {
    RunRecord before = current.get();
    runs.set(List.copyOf(read));
    Optional<RunRecord> same =
        before == null
            ? Optional.empty()
            : read.stream().filter(run -> run.id() == before.id()).findFirst();
    current.set(same.or(() -> read.stream().findFirst()).orElse(null));
  }

  private void showRun(@Nullable RunRecord before, @Nullable RunRecord now) {
    if (now == null) {
      entry.set(null);
      entries.set(none());
      return;
    }
    if (before == null || before.id() != now.id()) {
      filter.clear();
      entry.set(null);
    }
    showEntries(now);
  }

  private void showEntries(RunRecord run) {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    Set<EntryState> wanted = Set.copyOf(filter);
    int size = wanted.isEmpty() ? run.selected() : wanted.stream().mapToInt(run::count).sum();
    entries.set(
        new LazyList<>(
            size,
            LOADING,
            (from, count, done) ->
                tasks.run(() -> open.entries(run.id(), wanted, from, count), done)));
  }

  private void showEntry(@Nullable EntryRecord chosen) {
    Upgrades open = session.open();
    if (chosen == null || open == null || chosen.position() < 0) {
      diffQuestion.cancel();
      diff.set(null);
      return;
    }
    diffQuestion.run(() -> compare(open, chosen), diff::set);
  }

  private static List<KeyDiff> compare(Upgrades open, EntryRecord chosen) {
    List<MemoryEntry> found = open.store().find(List.of(chosen.id()));
    if (chosen.written() == null) {
      return List.of();
    }
    return found.isEmpty()
        ? MetadataDiff.between(chosen.before(), chosen.written())
        : MetadataDiff.between(chosen.before(), chosen.written(), found.getFirst().metadata());
  }

  private static LazyList<EntryRecord> none() {
    return new LazyList<>(0, LOADING, (from, count, done) -> {});
  }
}
