package dev.memoryconsole.ui.live;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;

/**
 * Decides whether the store has changed since it was read. While somebody can see the window, the
 * store is asked every other second whether anybody has committed; only then is it compared with
 * what is shown. A run of this window refreshes the screens itself. User interface's thread only.
 */
final class LiveViewModel {
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final double PAUSE_MILLIS = 2_000;
  // A comparison of a large store takes at most a tenth of the time.
  private static final int RESTS_FOR_ONE = 9;

  private record Look(long mark, Changes changes, long millis) {}

  private final Session session;
  private final RunMonitor monitor;
  private final Supplier<List<MemoryEntry>> shown;
  private final Tasks.Latest question;
  private final PauseTransition pause = new PauseTransition();
  private final ReadOnlyObjectWrapper<Changes> changes = new ReadOnlyObjectWrapper<>(Changes.NONE);
  private boolean watching;
  private long mark = UNKNOWN;

  /**
   * For the store of this session.
   *
   * @param shown the memories that are on screen
   */
  LiveViewModel(
      Session session, RunMonitor monitor, Tasks tasks, Supplier<List<MemoryEntry>> shown) {
    this.session = session;
    this.monitor = monitor;
    this.shown = shown;
    this.question = tasks.latest();
    pause.setOnFinished(event -> look());
    session.upgrades().addListener(value -> forget());
    session.totals().addListener(value -> forget());
  }

  ReadOnlyObjectProperty<Changes> changes() {
    return changes.getReadOnlyProperty();
  }

  /** Whether somebody can see the window. */
  void watch(boolean visible) {
    watching = visible;
    question.cancel();
    rest(PAUSE_MILLIS);
  }

  /** What is shown was read anew. */
  void forget() {
    question.cancel();
    mark = UNKNOWN;
    changes.set(Changes.NONE);
    rest(PAUSE_MILLIS);
  }

  /** Reads everything anew. */
  void refresh() {
    session.refresh();
  }

  private void rest(double millis) {
    pause.stop();
    if (watching && session.open() != null) {
      pause.setDuration(Duration.millis(millis));
      pause.playFromStart();
    }
  }

  private void look() {
    Upgrades open = session.open();
    if (open == null || !watching) {
      return;
    }
    if (monitor.isActive()) {
      rest(PAUSE_MILLIS);
      return;
    }
    List<MemoryEntry> rows = shown.get();
    Session.Totals totals = session.totals().get();
    long known = mark;
    Changes before = changes.get();
    question.run(
        () -> look(open.store(), known, before, rows, totals), look -> show(look, rows, totals));
  }

  private static Look look(
      MemoryStore store,
      long known,
      Changes before,
      List<MemoryEntry> rows,
      Session.Totals totals) {
    try {
      long start = System.nanoTime();
      // First: what is committed meanwhile is seen by the next look.
      long now = store.changeMark();
      Changes changes = now == known ? before : Changes.in(store, rows, totals);
      return new Look(now, changes, (System.nanoTime() - start) / 1_000_000);
    } catch (StoreException unreadable) {
      // Whoever reads it next is told; a line that nobody asked for is not.
      return new Look(known, before, 0);
    }
  }

  private void show(Look look, List<MemoryEntry> rows, Session.Totals totals) {
    // What is on screen may have been read anew since.
    if (totals.equals(session.totals().get()) && rows.equals(shown.get())) {
      mark = look.mark();
      changes.set(look.changes());
    }
    rest(Math.max(PAUSE_MILLIS, look.millis() * (double) RESTS_FOR_ONE));
  }
}
