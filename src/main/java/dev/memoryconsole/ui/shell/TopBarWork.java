package dev.memoryconsole.ui.shell;

import dev.memoryconsole.ui.common.task.ErrorPresenter;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The long work that the top bar shows, one at a time: opening, importing, exporting. */
public final class TopBarWork {
  private final Slot<Long> slot;
  private final ErrorPresenter errors;
  private final ReadOnlyObjectWrapper<@Nullable String> what = new ReadOnlyObjectWrapper<>();

  /** Nothing is done yet; failures go to the presenter. */
  public TopBarWork(Tasks tasks, ErrorPresenter errors) {
    this.slot = tasks.slot(true);
    this.errors = errors;
    slot.busy()
        .addListener(
            (value, before, now) -> {
              if (!now) {
                what.set(null);
              }
            });
  }

  /** What is being done; null if nothing is. */
  ReadOnlyObjectProperty<@Nullable String> what() {
    return what.getReadOnlyProperty();
  }

  /** How many rows so far; null until that is known. */
  ReadOnlyObjectProperty<@Nullable Long> rows() {
    return slot.progress();
  }

  /** Runs work that counts rows; what runs already is cancelled. */
  <T> void run(String name, Slot.Work<T, Long> work, Consumer<T> onDone) {
    run(name, work, onDone, unwanted -> {});
  }

  /**
   * Runs work that makes something that must be given back.
   *
   * @param discard takes what was made although the work was cancelled meanwhile; called from a
   *     background thread
   */
  <T> void run(String name, Slot.Work<T, Long> work, Consumer<T> onDone, Consumer<T> discard) {
    run(name, work, onDone, errors::present, discard);
  }

  /** The same; {@code onFailed} is given a failure in the place of the presenter. */
  <T> void run(
      String name,
      Slot.Work<T, Long> work,
      Consumer<T> onDone,
      Consumer<Throwable> onFailed,
      Consumer<T> discard) {
    slot.run(work, onDone, onFailed, discard);
    what.set(slot.isBusy() ? name : null);
  }

  /** Says what went wrong, as of work whose failure nobody else is given. */
  void present(Throwable failure) {
    errors.present(failure);
  }

  /** Stops what runs. */
  void cancel() {
    slot.cancel();
  }
}
