package dev.memoryconsole.ui.locks;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.locks.chart.Lane;
import dev.memoryconsole.ui.locks.chart.LaneAcquisition;
import dev.memoryconsole.ui.locks.chart.LockTimeline;
import dev.memoryconsole.ui.locks.chart.TimeAxis;
import dev.memoryconsole.ui.locks.chart.TimelineGestures;
import dev.memoryconsole.ui.locks.waits.Stretch;
import dev.memoryconsole.ui.locks.waits.WaitsViewModel;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the timeline to the view model. */
public final class LockTimelineController {
  private static final double ZOOM = 2;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final double LEAST_SHOWN_BESIDE_A_RUN = 2_000_000;
  private static final double SHOWN_BESIDE_A_RUN = 0.2;
  // The entries of a run's last batch have their outcome soon after it.
  private static final long LAST_BATCH_MILLIS = 60_000;

  private final LocksViewModel model;
  private final WaitsViewModel waits;
  private final Messages messages;
  private final BatchOpener opener;
  private final TimeAxis axis;
  private final LockTimeline timeline;

  @FXML private StackPane box;
  @FXML private Button zoomIn;
  @FXML private Button zoomOut;
  @FXML private ToggleButton follow;

  /** Called by the loader. */
  public LockTimelineController(
      LocksViewModel model,
      WaitsViewModel waits,
      Messages messages,
      Times times,
      Clock clock,
      BatchOpener opener) {
    this.model = model;
    this.waits = waits;
    this.messages = messages;
    this.opener = opener;
    this.axis = new TimeAxis(clock.getZone(), messages.numbers().shortDays(false));
    LockWords words = new LockWords(messages, times);
    this.timeline =
        new LockTimeline(
            axis,
            () -> LockAcquisition.microsOf(clock.instant()),
            lane -> messages.get(lane.key()),
            hold -> words.card(hold, axis.text(hold.acquired(), 1)));
  }

  @FXML
  void initialize() {
    TimelineGestures.install(timeline);
    timeline.setId("lockTimeline");
    timeline.setAccessibleText(messages.get("locks.timeline"));
    timeline.setAccessibleHelp(messages.get("locks.timelineKeys"));
    box.getChildren().add(timeline);
    zoomIn.setGraphic(Icons.of(Feather.ZOOM_IN));
    zoomOut.setGraphic(Icons.of(Feather.ZOOM_OUT));
    Icons.name(zoomIn, messages.get("locks.zoomIn"));
    Icons.name(zoomOut, messages.get("locks.zoomOut"));
    timeline.following().addListener((value, before, now) -> follow.setSelected(now));
    follow.setSelected(timeline.following().get());
    follow.setOnAction(event -> followed());
    timeline.onOpen(this::open);
    timeline.onMoved(this::moved);
    waits.along(() -> new Stretch(millis(timeline.from()), millis(timeline.to())));
    model.onHolds(this::show);
    model.live().addListener((value, before, now) -> showLive(now));
    model.span().addListener(value -> showStretch());
    model.run().addListener(value -> showStretch());
    model.around().addListener((value, before, now) -> showRun(now));
    model.paused().addListener((value, before, now) -> paused(now));
  }

  private void moved() {
    model.want(millis(timeline.from()));
    waits.moved();
  }

  /** Frames are drawn only while somebody can see them. */
  void shown(boolean now) {
    timeline.live(now);
  }

  private void show(LockSample sample) {
    if (sample.anew()) {
      timeline.clear();
    }
    timeline.add(sample.holds());
  }

  private void showLive(LockLive live) {
    LockLive.@Nullable Present holder = live.holder().orElse(null);
    timeline.holding(
        holder == null ? null : Lane.of(holder.who()),
        holder == null ? Double.NaN : holder.sinceMicros());
  }

  private void showStretch() {
    if (model.run().get() == null) {
      timeline.band(Double.NaN, Double.NaN);
      timeline.follow(model.span().get().millis() * (double) MICROS_PER_MILLI);
    }
  }

  private void showRun(@Nullable RunSurroundings around) {
    if (around == null) {
      return;
    }
    double from = around.during().fromMillis() * (double) MICROS_PER_MILLI;
    double to = around.during().toMillis() * (double) MICROS_PER_MILLI;
    boolean first = timeline.band(from, to);
    if (first) {
      double beside = Math.max(LEAST_SHOWN_BESIDE_A_RUN, (to - from) * SHOWN_BESIDE_A_RUN);
      timeline.show(from - beside, to + beside);
      waits.moved();
    }
  }

  private void paused(boolean now) {
    if (now) {
      timeline.following().set(false);
    } else if (model.run().get() == null) {
      timeline.follow();
    }
  }

  private void followed() {
    if (follow.isSelected()) {
      model.paused().set(false);
      timeline.follow();
    } else {
      timeline.following().set(false);
    }
  }

  private void open(LaneAcquisition hold) {
    if (hold.event().holder() instanceof LockHolder.OurRun(long run, int batch)) {
      LaneAcquisition next = timeline.nextBatch(hold);
      long released = millis((double) hold.released());
      opener.open(
          run,
          batch,
          millis((double) hold.acquired()),
          released,
          next == null ? released + LAST_BATCH_MILLIS : millis((double) next.acquired()),
          hold.event().rows());
    }
  }

  private static long millis(double micros) {
    return TimeUnit.MICROSECONDS.toMillis((long) micros);
  }

  @FXML
  void zoomIn() {
    timeline.zoom(1 / ZOOM, 0.5);
  }

  @FXML
  void zoomOut() {
    timeline.zoom(ZOOM, 0.5);
  }
}
