package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.task.Pages;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.RunHandle;
import java.util.EnumSet;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the run that is watched, in the order they came: as many as there are, of which
 * only those on screen are read. User interface's thread only.
 */
public final class OutcomeLists {
  /** Stands in until an outcome is loaded. */
  public static final EntryOutcome LOADING =
      new EntryOutcome("", "…", EntryState.QUEUED, Message.NONE, 0, 0, 0);

  private final RunMonitor monitor;
  private final Pages pages;
  private final Set<EntryState> filter = EnumSet.noneOf(EntryState.class);
  private final ReadOnlyObjectWrapper<LazyList<EntryOutcome>> shown =
      new ReadOnlyObjectWrapper<>(none());

  /** Shows the run that this monitor watches. */
  public OutcomeLists(RunMonitor monitor, Tasks tasks) {
    this.monitor = monitor;
    this.pages = tasks.pages();
    monitor
        .progress()
        .addListener(
            (value, before, now) -> {
              if (before == null || now == null || before.run() != now.run()) {
                // What was looked for in one run is not what the next one is about.
                filter.clear();
                begin();
              } else {
                grow();
              }
            });
  }

  private static LazyList<EntryOutcome> none() {
    return new LazyList<>(0, LOADING, (from, count, done) -> {});
  }

  /** The list; another one when another run is watched or other outcomes are looked for. */
  public ReadOnlyObjectProperty<LazyList<EntryOutcome>> shown() {
    return shown.getReadOnlyProperty();
  }

  /** Shows only these outcomes; all if none is on. */
  public void filter(EntryState outcome, boolean on) {
    if (on ? filter.add(outcome) : filter.remove(outcome)) {
      begin();
    }
  }

  /** Whether only outcomes like this are shown, among others. */
  public boolean isFiltered(EntryState outcome) {
    return filter.contains(outcome);
  }

  private void begin() {
    pages.cancel();
    @Nullable RunHandle run = monitor.watched().orElse(null);
    if (run == null) {
      shown.set(none());
      return;
    }
    Set<EntryState> wanted = Set.copyOf(filter);
    shown.set(
        new LazyList<>(
            run.outcomes(wanted),
            LOADING,
            (from, count, done) ->
                pages.read(() -> run.outcomes(wanted, from, count), done, done::dropped)));
  }

  private void grow() {
    // The progress was looked at before: once it says that the run is over, all are counted.
    monitor.watched().ifPresent(run -> shown.get().grow(run.outcomes(Set.copyOf(filter))));
  }
}
