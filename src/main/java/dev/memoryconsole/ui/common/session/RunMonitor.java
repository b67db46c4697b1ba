package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The run that is at work or ended last. Looks at it ten times a second. User interface's thread
 * only.
 */
public final class RunMonitor {
  private static final Duration SAMPLE = Duration.millis(100);
  private static final int SAMPLES_PER_REFRESH = 10;

  private final Session session;
  private final Slot<Void> starts;
  private final Notices notices;
  private final Supplier<UpgradeOptions> options;
  private final Timeline sampler;
  private final ReadOnlyObjectWrapper<@Nullable RunProgress> progress =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper starting = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper active = new ReadOnlyBooleanWrapper();
  private @Nullable RunHandle handle;
  private int samplesSinceRefresh;
  private int outcomesAtRefresh;

  /** For the store of this session. */
  public RunMonitor(
      Session session, Tasks tasks, Notices notices, Supplier<UpgradeOptions> options) {
    this.session = session;
    // Interrupted, a run that was not begun yet is as if nobody had asked for it.
    this.starts = tasks.slot(true);
    this.notices = notices;
    this.options = options;
    active.bind(
        Bindings.createBooleanBinding(
            () -> starting.get() || isAtWork(progress.get()), starting, progress));
    this.sampler = new Timeline(new KeyFrame(SAMPLE, event -> sample()));
    sampler.setCycleCount(Animation.INDEFINITE);
    session
        .upgrades()
        .addListener(
            (value, before, now) -> {
              cancelStart();
              dismiss();
              if (now != null) {
                now.active().ifPresent(this::watch);
              }
            });
  }

  /** Where the run stands; null if there is nothing to show. */
  public ReadOnlyObjectProperty<@Nullable RunProgress> progress() {
    return progress.getReadOnlyProperty();
  }

  /** Whether a run is at work, or about to be. */
  public boolean isActive() {
    return active.get();
  }

  /** Whether a run is at work, or about to be. */
  public ReadOnlyBooleanProperty active() {
    return active.getReadOnlyProperty();
  }

  /** Whether a run was asked for whose memories are still being chosen and recorded. */
  public ReadOnlyBooleanProperty starting() {
    return starting.getReadOnlyProperty();
  }

  /** Starts a run in the background and shows it; a refusal is presented. */
  public void start(Function<Upgrades, RunHandle> starter) {
    Upgrades open = session.open();
    if (open != null && !starting.get()) {
      starts.run(
          progress -> starter.apply(open),
          started -> {
            // In this order: between both there is no moment without a run.
            watch(started);
            starting.set(false);
          },
          failure -> {
            starting.set(false);
            notices.present(failure);
            // Perhaps somebody else is at work here: the screens should show it.
            session.refresh();
          },
          late -> {
            late.cancel();
            // It had begun when it was given up: what became of it is to be seen.
            Platform.runLater(() -> watchStopped(open, late));
          });
      starting.set(starts.isBusy());
    }
  }

  private boolean cancelStart() {
    boolean was = starts.cancel();
    starting.set(false);
    return was;
  }

  private void watchStopped(Upgrades open, RunHandle late) {
    if (session.open() == open && !isActive()) {
      watch(late);
    }
  }

  private static boolean isAtWork(@Nullable RunProgress run) {
    return run != null && !run.state().isOver();
  }

  /** How a run that starts now goes about it. */
  public UpgradeOptions options() {
    return options.get();
  }

  /** Starts an undo of a run, in these entries or, if there are none given, in all. */
  public void undo(long run, Collection<String> ids) {
    UpgradeOptions chosen = options.get();
    List<String> only = List.copyOf(ids);
    start(open -> open.undo(run, only, chosen));
  }

  /** Starts no new work. */
  public void pause() {
    if (handle != null) {
      handle.pause();
      sample();
    }
  }

  /** Goes on after a pause. */
  public void resume() {
    if (handle != null) {
      handle.resume();
      sample();
    }
  }

  /** Enriches so many entries at once from now on, 1 to 1,000. */
  public void setConcurrency(int places) {
    if (handle != null) {
      handle.setConcurrency(places);
    }
  }

  /** Stops the run, also one that is about to begin; what was written stays. */
  public void cancel() {
    if (cancelStart()) {
      return;
    }
    if (handle != null) {
      handle.cancel();
      sample();
    }
  }

  /** Shows the run no longer. It goes on if it is at work. */
  public void dismiss() {
    sampler.stop();
    handle = null;
    progress.set(null);
  }

  /** The run that is shown; empty if none is. */
  public Optional<RunHandle> watched() {
    return Optional.ofNullable(handle);
  }

  /** Shows a run of the session's store, at work or over. */
  public void watch(RunHandle started) {
    dismiss();
    notices.forgetRefusal();
    handle = started;
    samplesSinceRefresh = 0;
    outcomesAtRefresh = 0;
    sampler.play();
    sample();
  }

  private void sample() {
    RunHandle watched = handle;
    if (watched == null) {
      return;
    }
    RunProgress now = watched.progress();
    progress.set(now);
    int outcomes = watched.outcomes(Set.of());
    samplesSinceRefresh++;
    if (now.state().isOver()) {
      sampler.stop();
      if (!watched.interruption().isEmpty()) {
        notices.warning(watched.interruption());
      }
      session.refresh();
    } else if (samplesSinceRefresh >= SAMPLES_PER_REFRESH && outcomes > outcomesAtRefresh) {
      samplesSinceRefresh = 0;
      outcomesAtRefresh = outcomes;
      session.refresh();
    }
  }
}
