package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.mend.find.StoreCheck;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.ErrorPresenter;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.mend.MendRequest;
import dev.memoryconsole.upgrade.Upgrades;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the store in the background and holds what was found. User interface's thread only.
 */
public final class CheckupViewModel {
  /**
   * How far the look is.
   *
   * @param comparing whether all are looked at, and pairs of them are compared
   * @param done how many memories or pairs
   * @param total 0 until it is known
   */
  record Progress(boolean comparing, int done, int total) {}

  /**
   * What was found.
   *
   * @param at when the look ended, milliseconds since 1970
   * @param mark the store's {@link dev.memoryconsole.store.MemoryStore#changeMark} when it began
   */
  record Checked(Report report, long at, long mark) {
    List<Report.Found> found(Finding finding) {
      return report.found().getOrDefault(finding, List.of());
    }

    List<List<Report.Found>> groups(Finding finding) {
      return report.groups().getOrDefault(finding, List.of());
    }

    /** How many memories something was found about; one may be counted for several findings. */
    int total() {
      return report.found().values().stream().mapToInt(List::size).sum();
    }
  }

  /** What is on the screen. */
  record Kept(@Nullable Checked checked, Finding chosen) {}

  private final Session session;
  private final Clock clock;
  private final ErrorPresenter errors;
  private final Slot<Progress> slot;
  private final Tasks.Latest asking;
  private final Consumer<MendRequest> mends;
  private final ReadOnlyObjectWrapper<@Nullable Checked> checked = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper old = new ReadOnlyBooleanWrapper();
  private final ObjectProperty<Finding> chosen = new SimpleObjectProperty<>(Finding.BLANK_SCOPE);

  /**
   * Of the store of this session.
   *
   * @param mends shows what a mend would do
   */
  CheckupViewModel(
      Session session,
      Tasks tasks,
      Clock clock,
      ErrorPresenter errors,
      Consumer<MendRequest> mends) {
    this.session = session;
    this.clock = clock;
    this.errors = errors;
    this.asking = tasks.latest();
    this.mends = mends;
    this.slot = tasks.slot(false);
    session
        .upgrades()
        .addListener(
            value -> {
              slot.cancel();
              checked.set(null);
            });
    session.revision().addListener(value -> askAge());
    checked.addListener(value -> askAge());
  }

  private void askAge() {
    Upgrades open = session.open();
    Checked now = checked.get();
    if (open == null || now == null) {
      asking.cancel();
      old.set(false);
    } else {
      asking.run(() -> open.store().changeMark(), mark -> old.set(mark != now.mark()));
    }
  }

  ReadOnlyObjectProperty<@Nullable Checked> checked() {
    return checked.getReadOnlyProperty();
  }

  /** How far the look under way is; null if none is. */
  ReadOnlyObjectProperty<@Nullable Progress> progress() {
    return slot.progress();
  }

  /** The finding that is looked at. */
  ObjectProperty<Finding> chosen() {
    return chosen;
  }

  /** Whether something was written to the store since. */
  ReadOnlyBooleanProperty old() {
    return old.getReadOnlyProperty();
  }

  /** Looks through the store. */
  void check() {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    slot.start(
        new Progress(false, 0, 0),
        progress -> {
          long mark = open.store().changeMark();
          Report report =
              StoreCheck.of(
                  open.store(),
                  new StoreCheck.Progress() {
                    @Override
                    public void looked(int looked, int total) {
                      Cancellation.check();
                      progress.accept(new Progress(false, looked, total));
                    }

                    @Override
                    public void compared(int compared, int pairs) {
                      Cancellation.check();
                      progress.accept(new Progress(true, compared, pairs));
                    }
                  });
          return new Checked(report, clock.millis(), mark);
        },
        this::show,
        errors::present);
  }

  private void show(Checked now) {
    checked.set(now);
    if (now.found(chosen.get()).isEmpty()) {
      now.report().found().entrySet().stream()
          .filter(finding -> !finding.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .sorted()
          .findFirst()
          .ifPresent(chosen::set);
    }
  }

  /** Stops looking; what was found before stays. */
  void cancel() {
    slot.cancel();
  }

  /** Shows what a mend of all that were found would do. */
  void mend(Finding finding) {
    Checked now = checked.get();
    if (now == null || now.found(finding).isEmpty()) {
      return;
    }
    List<String> ids = now.report().ids(finding);
    mends.accept(
        finding == Finding.MAPPED_CATEGORY
            ? MendRequest.categories(store -> ids)
            : MendRequest.fields(store -> ids));
  }

  Kept kept() {
    return new Kept(checked.get(), chosen.get());
  }

  void restore(Kept kept) {
    checked.set(kept.checked());
    chosen.set(kept.chosen());
  }
}
