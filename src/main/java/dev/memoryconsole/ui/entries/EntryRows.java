package dev.memoryconsole.ui.entries;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.task.Pages;
import dev.memoryconsole.ui.common.task.Renewal;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rows that match a query. Lists their ids once, and then reads the pages somebody looks at.
 * What is on screen stays there until the first rows of another query are known. User interface's
 * thread only.
 */
final class EntryRows {
  private static final Duration PATIENCE = Duration.millis(300);
  private static final int KEPT_IN_PLACE = 3;

  /**
   * What is listed.
   *
   * @param failed ids that failed last
   */
  record Asked(MemoryStore store, EntryQuery query, Set<String> failed) {
    boolean isSame(Asked other) {
      return store == other.store && query.equals(other.query) && failed.equals(other.failed);
    }
  }

  /**
   * What was found.
   *
   * @param mark the store's before it was looked for
   */
  private record Answer(
      Asked asked, long mark, List<String> ids, Map<Integer, List<MemoryRow>> pages) {}

  private final Slot<List<MemoryRow>> listing;
  private final Pages pages;
  private final Renewal renewal = new Renewal();
  private final PauseTransition patience = new PauseTransition(PATIENCE);
  private final ReadOnlyObjectWrapper<LazyList<MemoryRow>> rows =
      new ReadOnlyObjectWrapper<>(none());
  private final ReadOnlyBooleanWrapper complete = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper late = new ReadOnlyBooleanWrapper();
  private Runnable onFirst = () -> {};
  private List<String> ids = List.of();
  private @Nullable Answer last;
  private boolean awaited;
  private int begun;

  /** Whether a renewal that was asked for is to be made in any case. */
  private boolean forced;

  EntryRows(Tasks tasks) {
    listing = tasks.slot(false);
    pages = tasks.pages();
    patience.setOnFinished(event -> late.set(listing.isBusy() && awaited));
    listing
        .progress()
        .addListener(
            (value, before, now) -> {
              if (now != null) {
                begin(now);
              }
            });
    listing.busy().addListener((value, before, now) -> busy(now));
  }

  ReadOnlyObjectProperty<LazyList<MemoryRow>> rows() {
    return rows.getReadOnlyProperty();
  }

  /** Whether all that match are listed; if not, there may be more than the rows. */
  ReadOnlyBooleanProperty complete() {
    return complete.getReadOnlyProperty();
  }

  /** Whether the first rows are waited for, and have been for a moment. */
  ReadOnlyBooleanProperty late() {
    return late.getReadOnlyProperty();
  }

  /** Is to be told when the first rows of a query are on screen. */
  void onFirst(Runnable action) {
    onFirst = action;
  }

  /** The ids of the rows between two places, the second not included. */
  List<String> ids(int from, int to) {
    return ids.subList(from, Math.min(to, ids.size()));
  }

  /** Shows what matches another query. */
  void list(Asked asked, Runnable onShown) {
    cancel();
    renewal.ask(() -> start(asked, List.of(0), true, null, onShown));
  }

  /** Shows what matches the same query by now, where the rows are that somebody looks at. */
  void renew(Asked asked, Runnable onShown) {
    forced = true;
    renewIfOld(asked, onShown);
  }

  /** Does so unless what is on screen, or will be, is just that, and nobody has written since. */
  void renewIfOld(Asked asked, Runnable onShown) {
    renewal.ask(
        () -> {
          Answer unless = forced || last == null || !last.asked().isSame(asked) ? null : last;
          forced = false;
          List<Integer> used = rows.get().loadedPages();
          start(
              asked,
              used.isEmpty()
                  ? List.of(0)
                  : used.subList(Math.max(0, used.size() - KEPT_IN_PLACE), used.size()),
              used.isEmpty(),
              unless,
              onShown);
        });
  }

  /** Gives up the list under way; the rows stay as they are. */
  void cancel() {
    listing.cancel();
    renewal.reset();
    forced = false;
  }

  /** Has no rows. */
  void clear() {
    cancel();
    pages.cancel();
    complete.set(false);
    last = null;
    show(List.of(), none());
  }

  private void start(
      Asked asked, List<Integer> wanted, boolean anew, @Nullable Answer unless, Runnable onShown) {
    awaited = anew;
    begun++;
    listing.run(
        progress -> {
          MemoryStore store = asked.store();
          // First: what is committed meanwhile is found by whoever asks next.
          long mark = store.changeMark();
          if (unless != null && unless.mark() == mark) {
            return unless;
          }
          List<String> listed =
              store.list(
                  asked.query(),
                  LazyList.PAGE,
                  first -> {
                    if (anew) {
                      progress.accept(MemoryRow.of(first, asked.failed()));
                    }
                  });
          Map<Integer, List<MemoryRow>> seeds = new LinkedHashMap<>();
          for (int page : wanted) {
            if (page * LazyList.PAGE < listed.size()) {
              seeds.put(page, read(asked, listed, page * LazyList.PAGE));
            }
          }
          return new Answer(asked, mark, listed, seeds);
        },
        answer -> {
          if (!answer.equals(unless)) {
            end(answer);
            onShown.run();
          }
        });
  }

  private void busy(boolean now) {
    if (now) {
      patience.playFromStart();
    } else {
      patience.stop();
      late.set(false);
      int ended = begun;
      // What was found is taken in first.
      Platform.runLater(
          () -> {
            if (ended == begun) {
              renewal.done();
            }
          });
    }
  }

  private void begin(List<MemoryRow> first) {
    patience.stop();
    late.set(false);
    pages.cancel();
    complete.set(false);
    LazyList<MemoryRow> next =
        new LazyList<>(first.size(), MemoryRow.LOADING, (from, count, done) -> {});
    next.seed(0, first);
    show(first.stream().map(MemoryRow::id).toList(), next);
    onFirst.run();
  }

  private void end(Answer answer) {
    Asked asked = answer.asked();
    List<String> listed = answer.ids();
    LazyList<MemoryRow> next =
        new LazyList<>(
            listed.size(),
            MemoryRow.LOADING,
            (from, count, done) ->
                pages.read(() -> read(asked, listed, from), done, done::dropped));
    answer.pages().forEach(next::seed);
    pages.cancel();
    complete.set(true);
    // Its pages are in the list.
    last = new Answer(asked, answer.mark(), listed, Map.of());
    show(listed, next);
  }

  private void show(List<String> listed, LazyList<MemoryRow> next) {
    ids = listed;
    rows.set(next);
  }

  private static List<MemoryRow> read(Asked asked, List<String> listed, int from) {
    List<String> wanted = listed.subList(from, Math.min(from + LazyList.PAGE, listed.size()));
    return MemoryRow.inPlaces(wanted, asked.store().find(wanted), asked.failed());
  }

  private static LazyList<MemoryRow> none() {
    return new LazyList<>(0, MemoryRow.LOADING, (from, count, done) -> {});
  }
}
