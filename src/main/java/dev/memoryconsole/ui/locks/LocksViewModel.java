package dev.memoryconsole.ui.locks;

import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the locks screen shows. Looks at the record ten times a second in the background
 * while the screen is shown and not paused. User interface's thread only.
 */
public final class LocksViewModel {
  private static final Duration LOOK = Duration.millis(100);
  private static final int MOST_RUNS = 20;

  private final Session session;
  private final InstantSource clock;
  private final Tasks tasks;
  private final Tasks.Latest askingRuns;
  private final Timeline sampler;
  private final ObjectProperty<Span> span = new SimpleObjectProperty<>(Span.MINUTE);
  private final ObjectProperty<@Nullable RunRecord> run = new SimpleObjectProperty<>();
  private final BooleanProperty paused = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<@Nullable LockAlarm> alarm = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<LockLive> live = new ReadOnlyObjectWrapper<>(LockLive.IDLE);
  private final ReadOnlyObjectWrapper<@Nullable LockReading> reading =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable RunSurroundings> around =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<List<RunRecord>> runs =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyBooleanWrapper everTaken = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper recording = new ReadOnlyBooleanWrapper(true);
  private Consumer<LockSample> onHolds = sample -> {};
  private @Nullable LockReader reader;
  private boolean shown;
  private boolean looking;
  private boolean again;
  private long wantedFrom;
  private long figuresDue;

  /** For the store of this session. */
  public LocksViewModel(Session session, Tasks tasks, InstantSource clock) {
    this.session = session;
    this.clock = clock;
    this.tasks = tasks;
    this.askingRuns = tasks.latest();
    sampler = new Timeline(new KeyFrame(LOOK, event -> look()));
    sampler.setCycleCount(Animation.INDEFINITE);
    session.upgrades().addListener(value -> reset());
    session.revision().addListener(value -> askRuns());
    span.addListener(value -> lookAnew());
    run.addListener(value -> lookAnew());
    paused.addListener(value -> sampleIfNeeded());
  }

  ObjectProperty<Span> span() {
    return span;
  }

  /** The run that the figures are about; null if they are about the span. */
  ObjectProperty<@Nullable RunRecord> run() {
    return run;
  }

  /** Whether the screen stands still. */
  BooleanProperty paused() {
    return paused;
  }

  ReadOnlyObjectProperty<LockLive> live() {
    return live.getReadOnlyProperty();
  }

  /** What seems to be wrong with the lock; null if all is well. */
  ReadOnlyObjectProperty<@Nullable LockAlarm> alarm() {
    return alarm.getReadOnlyProperty();
  }

  /** The figures; null before the first look. */
  ReadOnlyObjectProperty<@Nullable LockReading> reading() {
    return reading.getReadOnlyProperty();
  }

  /** The run and the time beside it; null if none is chosen. */
  ReadOnlyObjectProperty<@Nullable RunSurroundings> around() {
    return around.getReadOnlyProperty();
  }

  /** The latest runs, to choose from. */
  ReadOnlyObjectProperty<List<RunRecord>> runs() {
    return runs.getReadOnlyProperty();
  }

  /** Whether anybody is known to have taken the lock of this store. */
  ReadOnlyBooleanProperty everTaken() {
    return everTaken.getReadOnlyProperty();
  }

  /** Whether acquisitions are recorded at all. */
  ReadOnlyBooleanProperty recording() {
    return recording.getReadOnlyProperty();
  }

  /** Who draws the acquisitions. */
  void onHolds(Consumer<LockSample> drawing) {
    onHolds = drawing;
  }

  /** Milliseconds since 1970. */
  long now() {
    return clock.millis();
  }

  /** The screen is shown or not: nobody looks at what nobody sees. */
  public void shown(boolean now) {
    shown = now;
    if (now) {
      askRuns();
    }
    sampleIfNeeded();
  }

  /** What happened since then is to be drawn, milliseconds since 1970. */
  void want(long fromMillis) {
    if (fromMillis < wantedFrom) {
      // Some more than asked, so that the next step to the left finds it there.
      wantedFrom = fromMillis - (now() - fromMillis) / 2;
      if (paused.get()) {
        lookNow();
      }
    }
  }

  /** Reads the figures at once. */
  private void lookAnew() {
    figuresDue = 0;
    RunRecord chosen = run.get();
    if (chosen == null) {
      around.set(null);
      want(now() - span.get().millis());
    } else {
      want(chosen.startedAt() - RunSurroundings.MARGIN_MILLIS);
    }
    if (shown) {
      lookNow();
    }
  }

  private void sampleIfNeeded() {
    if (shown && !paused.get() && reader != null) {
      sampler.play();
      look();
    } else {
      sampler.stop();
    }
  }

  private void reset() {
    Upgrades open = session.open();
    reader = open == null ? null : new LockReader(open, clock);
    looking = false;
    again = false;
    wantedFrom = now() - span.get().millis();
    figuresDue = 0;
    everTaken.set(false);
    recording.set(true);
    paused.set(false);
    run.set(null);
    live.set(LockLive.IDLE);
    alarm.set(null);
    reading.set(null);
    runs.set(List.of());
    onHolds.accept(new LockSample(true, LockLive.IDLE, null, List.of(), true, null, null));
    sampleIfNeeded();
  }

  private void askRuns() {
    Upgrades open = session.open();
    if (shown && open != null) {
      askingRuns.run(() -> open.runs(MOST_RUNS), this::showRuns);
    }
  }

  private void showRuns(List<RunRecord> found) {
    runs.set(List.copyOf(found));
    if (!found.isEmpty()) {
      // Longer ago than the span that is shown, but it was taken.
      everTaken.set(true);
    }
    RunRecord chosen = run.get();
    if (chosen != null) {
      found.stream().filter(one -> one.id() == chosen.id()).findFirst().ifPresent(run::set);
    }
  }

  private void look() {
    // A disk that is slow must not make a queue.
    if (!looking) {
      lookNow();
    }
  }

  private void lookNow() {
    LockReader open = reader;
    if (open == null) {
      return;
    }
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    again = false;
    long now = now();
    boolean figures = now >= figuresDue;
    if (figures) {
      figuresDue = now + span.get().everyMillis();
    }
    LockReader.Question question =
        new LockReader.Question(wantedFrom, span.get(), run.get(), figures);
    tasks.read(
        () -> open.look(question),
        sample -> {
          looking = false;
          if (open == reader) {
            show(question, sample);
          }
          if (again) {
            lookNow();
          }
        },
        () -> {
          looking = false;
          // Said once, not ten times a second.
          paused.set(true);
        });
  }

  private void show(LockReader.Question question, LockSample sample) {
    recording.set(sample.recording());
    live.set(sample.live());
    alarm.set(LockAlarm.of(sample.live(), sample.condition()));
    boolean now =
        alarm.get() != null
            || sample.live().holder().isPresent()
            || !sample.live().waiting().isEmpty();
    if (now || !sample.holds().isEmpty()) {
      everTaken.set(true);
    }
    onHolds.accept(sample);
    if (sample.reading() != null) {
      around.set(question.run() == null ? null : sample.around());
      reading.set(sample.reading());
      if (!sample.reading().lanes().isEmpty()) {
        everTaken.set(true);
      }
    }
  }
}
