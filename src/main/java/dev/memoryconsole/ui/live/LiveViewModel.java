package dev.memoryconsole.ui.live;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.Versions;
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
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the store has changed since it was read. While somebody can see the window, the
 * store is asked every other second whether anybody has committed; only then is it compared with
 * what it was when the screens began to read it: by the versions of all memories, or where it keeps
 * none by the counts and the memories on screen. A run of this window refreshes the screens itself.
 * User interface's thread only.
 */
final class LiveViewModel {
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final double PAUSE_MILLIS = 2_000;
  // A comparison of a large store takes at most a tenth of the time.
  private static final int RESTS_FOR_ONE = 9;

  /**
   * What was found.
   *
   * @param versions what the next look compares with; null where the store keeps none
   */
  private record Look(long mark, Changes changes, @Nullable Versions versions, long millis) {}

  private final Session session;
  private final RunMonitor monitor;
  private final Supplier<List<MemoryEntry>> shown;
  private final Runnable keepUp;
  private final Tasks.Latest beginning;
  private final Tasks.Latest question;
  private final PauseTransition pause = new PauseTransition();
  private final ReadOnlyObjectWrapper<Changes> changes = new ReadOnlyObjectWrapper<>(Changes.NONE);
  private boolean watching;
  private boolean begins;
  private long mark = UNKNOWN;
  private @Nullable Versions versions;

  /**
   * For the store of this session.
   *
   * @param shown the memories that are on screen
   * @param keepUp makes sure that these are no older than what was read by now
   */
  LiveViewModel(
      Session session,
      RunMonitor monitor,
      Tasks tasks,
      Supplier<List<MemoryEntry>> shown,
      Runnable keepUp) {
    this.session = session;
    this.monitor = monitor;
    this.shown = shown;
    this.keepUp = keepUp;
    this.beginning = tasks.latest();
    this.question = tasks.latest();
    pause.setOnFinished(event -> look());
    session.upgrades().addListener(value -> forget());
    session.revision().addListener(value -> begin());
    session.totals().addListener(value -> counted());
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

  /** Reads everything anew. */
  void refresh() {
    session.refreshAll();
  }

  private void forget() {
    beginning.cancel();
    question.cancel();
    begins = false;
    mark = UNKNOWN;
    versions = null;
    changes.set(Changes.NONE);
    rest(PAUSE_MILLIS);
  }

  /** The screens read anew as of now. */
  private void begin() {
    forget();
    Upgrades open = session.open();
    if (open == null || monitor.isActive()) {
      return;
    }
    begins = true;
    beginning.run(
        () -> begin(open.store()),
        look -> {
          begins = false;
          versions = look.versions();
          mark = look.versions() == null ? UNKNOWN : look.mark();
          // What was committed before that is never told: it must be on screen.
          keepUp.run();
        },
        () -> begins = false);
  }

  private static Look begin(MemoryStore store) {
    try {
      // First: what is committed meanwhile is seen by the next look.
      long now = store.changeMark();
      return new Look(now, Changes.NONE, store.versions().orElse(null), 0);
    } catch (StoreException unreadable) {
      return new Look(UNKNOWN, Changes.NONE, null, 0);
    }
  }

  // Where counts are all that can be compared, they have been read anew.
  private void counted() {
    if (!begins && versions == null) {
      forget();
    }
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
    if (monitor.isActive() || begins) {
      rest(PAUSE_MILLIS);
      return;
    }
    List<MemoryEntry> rows = versions == null ? shown.get() : List.of();
    Session.Totals totals = session.totals().get();
    long revision = session.revision().get();
    Look before = new Look(mark, changes.get(), versions, 0);
    question.run(
        () -> look(open.store(), before, rows, totals),
        look -> {
          // What is on screen may have been read anew since.
          if (revision == session.revision().get()
              && (before.versions() != null
                  || (totals.equals(session.totals().get()) && rows.equals(shown.get())))) {
            mark = look.mark();
            versions = look.versions();
            changes.set(look.changes());
          }
          rest(Math.max(PAUSE_MILLIS, look.millis() * (double) RESTS_FOR_ONE));
        });
  }

  private static Look look(
      MemoryStore store, Look before, List<MemoryEntry> rows, Session.Totals totals) {
    Versions known = before.versions();
    try {
      long start = System.nanoTime();
      // First: what is committed meanwhile is seen by the next look.
      long now = store.changeMark();
      Changes changes =
          now == before.mark()
              ? before.changes()
              : known == null
                  ? Changes.in(store, rows, totals)
                  : Changes.between(known, store.versions().orElse(null));
      Versions next = known == null && !changes.isAny() ? store.versions().orElse(null) : known;
      return new Look(now, changes, next, (System.nanoTime() - start) / 1_000_000);
    } catch (StoreException unreadable) {
      // Whoever reads it next is told; a line that nobody asked for is not.
      return new Look(before.mark(), before.changes(), known, 0);
    }
  }
}
