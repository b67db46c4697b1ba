package dev.memoryconsole.ui.locks.chart;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/**
 * The lock over time: one line for each kind of holder, waits drawn lighter before the holds, on
 * one axis. Zooms with the wheel, a pinch and the keys + and -, moves with a drag and the arrow
 * keys; while it follows, its right edge is now. User interface's thread only.
 */
public final class LockTimeline extends ChartRegion {

  /** How long a stretch it shows at first, microseconds. */
  static final double USUAL = 60_000_000;

  private static final double LEAD = 0.02;
  private static final double NEAR = 4;

  private final TimelineData data = new TimelineData();
  private final TimelinePainter painter;
  private final TimelinePainter.Marks marks = new TimelinePainter.Marks();
  private final TimeWindow window;
  private final LongSupplier now;
  private final Function<LaneAcquisition, String> words;
  private final TimelineCard card = new TimelineCard();
  private final LaneNames names;
  private final BooleanProperty following = new SimpleBooleanProperty(true);
  private Consumer<LaneAcquisition> onOpen = hold -> {};
  private Runnable onMoved = () -> {};
  private double drawnNow;

  private final AnimationTimer clock =
      new AnimationTimer() {
        @Override
        public void handle(long nanos) {
          frame();
        }
      };

  /**
   * @param now the time now, microseconds since 1970; called every frame
   * @param names of the lanes
   * @param words everything about one acquisition, some lines
   */
  public LockTimeline(
      TimeAxis axis,
      LongSupplier now,
      Function<Lane, String> names,
      Function<LaneAcquisition, String> words) {
    this.painter = new TimelinePainter(axis);
    this.now = now;
    this.words = words;
    this.window = new TimeWindow(now.getAsLong() - USUAL * (1 - LEAD), USUAL);
    getStyleClass().add("lock-timeline");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    this.names = new LaneNames(names);
    getChildren().addAll(this.names.labels());
    getChildren().add(card);
    focusedProperty().addListener(value -> redraw());
    following.addListener(value -> clockIfNeeded());
  }

  TimelineData data() {
    return data;
  }

  TimeWindow window() {
    return window;
  }

  /** Where the stretch on screen begins, microseconds since 1970. */
  public double from() {
    return window.from();
  }

  /** Where it ends, microseconds since 1970. */
  public double to() {
    return window.to();
  }

  /** The acquisition after this one of the same run; null if there is none yet. */
  public @Nullable LaneAcquisition nextBatch(LaneAcquisition batch) {
    return data.nextBatch(batch);
  }

  /** Whether its right edge is now. */
  public BooleanProperty following() {
    return following;
  }

  /** What happens when somebody wants to know more about an acquisition. */
  public void onOpen(Consumer<LaneAcquisition> action) {
    onOpen = action;
  }

  /** Called after the stretch on screen was changed by the admin. */
  public void onMoved(Runnable action) {
    onMoved = action;
  }

  /** Adds acquisitions that have ended. */
  public void add(List<LaneAcquisition> fresh) {
    if (!fresh.isEmpty()) {
      data.add(fresh);
      redraw();
    }
  }

  /** Forgets everything it shows. */
  public void clear() {
    data.clear();
    choose(null);
    redraw();
  }

  /** Who holds the lock now, since when; null if nobody does. */
  public void holding(@Nullable Lane lane, double since) {
    if (lane != marks.holding || Double.compare(since, marks.holdingSince) != 0) {
      marks.holding = lane;
      marks.holdingSince = since;
      redraw();
    }
  }

  /**
   * Marks a stretch, a run's for example; {@code NaN} for none.
   *
   * @return whether it begins elsewhere than the one before
   */
  public boolean band(double from, double to) {
    boolean elsewhere = Double.compare(from, marks.bandFrom) != 0;
    marks.bandFrom = from;
    marks.bandTo = to;
    redraw();
    return elsewhere;
  }

  /** Shows this stretch. */
  public void show(double from, double to) {
    following.set(false);
    window.set(from, to - from);
    redraw();
  }

  /** Follows the time with a stretch of this length. */
  public void follow(double length) {
    window.set(now.getAsLong() - length * (1 - LEAD), length);
    following.set(true);
    redraw();
  }

  /** Follows the time with a stretch as long as the one on screen. */
  public void follow() {
    follow(window.length());
  }

  /** Moves by a share of what is on screen, later if positive. */
  void pan(double share) {
    following.set(false);
    window.pan(share);
    moved();
  }

  /** Shows {@code factor} times as much; what is at a share of the width stays there. */
  public void zoom(double factor, double share) {
    boolean live = following.get();
    window.zoom(factor, live ? 1 - LEAD : share);
    moved();
  }

  private void moved() {
    onMoved.run();
    redraw();
  }

  /** The acquisition at a place on this region; null if there is none. */
  @Nullable LaneAcquisition at(double x, double y) {
    double lane = TimelinePainter.laneHeight(canvasHeight());
    double onCanvas = x - canvasLeft();
    if (lane <= 0 || onCanvas < 0) {
      return null;
    }
    Lane pointed = Lane.atRow((int) Math.floor((y - snappedTopInset()) / lane));
    if (pointed == null) {
      return null;
    }
    long time = (long) window.time(onCanvas, canvasWidth());
    long near = (long) Math.ceil(NEAR / canvasWidth() * window.length());
    return data.of(pointed).near(time, near);
  }

  /** The share of the width a place is at. */
  double share(double x) {
    return canvasWidth() == 0 ? 0.5 : Math.clamp((x - canvasLeft()) / canvasWidth(), 0, 1);
  }

  /** The pointer is here; negative if it is nowhere. */
  void point(double x, double y) {
    boolean inside = x >= canvasLeft() && x <= canvasLeft() + canvasWidth() && y >= 0;
    marks.pointer = inside ? window.time(x - canvasLeft(), canvasWidth()) : Double.NaN;
    choose(inside ? at(x, y) : null);
    redraw();
  }

  /** Chooses the acquisition before or after the chosen one and brings it into view. */
  void chooseBeside(boolean later) {
    long edge = (long) (later ? window.from() : window.to());
    LaneAcquisition next = data.beside(marks.chosen, edge, later);
    if (next != null) {
      if (next.asked() < window.from() || next.released() > window.to()) {
        following.set(false);
        window.set(next.acquired() - window.length() / 2, window.length());
        moved();
      }
      choose(next);
    }
  }

  /** Opens the chosen acquisition. */
  void openChosen() {
    if (marks.chosen != null) {
      onOpen.accept(marks.chosen);
    }
  }

  @Nullable LaneAcquisition chosen() {
    return marks.chosen;
  }

  void choose(@Nullable LaneAcquisition hold) {
    if (Objects.equals(hold, marks.chosen)) {
      return;
    }
    marks.chosen = hold;
    card.setVisible(hold != null);
    if (hold != null) {
      card.setText(words.apply(hold));
      setAccessibleText(card.getText());
      notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }
    redraw();
  }

  /** Starts or stops the frames; a timeline that nobody sees needs none. */
  public void live(boolean shown) {
    if (shown) {
      clockIfNeeded();
    } else {
      clock.stop();
    }
  }

  private void clockIfNeeded() {
    if (following.get()) {
      clock.start();
    } else {
      clock.stop();
    }
    redraw();
  }

  /** A frame is worth drawing only if the picture has moved by a pixel. */
  private void frame() {
    double time = now.getAsLong();
    if (canvasWidth() > 0 && time - drawnNow >= window.length() / canvasWidth()) {
      drawnNow = time;
      window.endAt(time + window.length() * LEAD);
      redraw();
    }
  }

  @Override
  double canvasLeft() {
    return snappedLeftInset() + names.width();
  }

  @Override
  void inksChanged() {
    painter.inks(this::ink);
  }

  @Override
  void draw(GraphicsContext on, double width, double height) {
    marks.now = now.getAsLong();
    painter.paint(on, width, height, data, window, marks);
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    double lane = TimelinePainter.laneHeight(canvasHeight());
    names.place(snappedLeftInset(), snappedTopInset(), lane);
    placeCard(lane);
  }

  private void placeCard(double lane) {
    LaneAcquisition hold = marks.chosen;
    if (hold != null) {
      double at = (hold.acquired() + hold.released()) / 2.0;
      double time = Double.isNaN(marks.pointer) ? at : marks.pointer;
      card.place(
          canvasLeft() + Math.clamp(window.x(time, canvasWidth()), 0, canvasWidth()),
          snappedTopInset() + lane * hold.lane().row(),
          lane,
          this);
    }
  }

  @Override
  protected double computeMinHeight(double width) {
    return names.leastHeight() + TimelinePainter.AXIS;
  }

  @Override
  protected double computePrefHeight(double width) {
    return Math.max(Lane.values().length * 40, names.leastHeight()) + TimelinePainter.AXIS;
  }

  @Override
  protected double computeMinWidth(double height) {
    return names.width() + 200;
  }
}
