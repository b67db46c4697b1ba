package dev.memoryconsole.ui.locks;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.lock.figures.LockDistribution;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.locks.chart.Lane;
import dev.memoryconsole.ui.locks.chart.LogHistogram;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Binds the histograms, and what was before, during and after a run, side by side. */
public final class LockShapesController {
  private final LocksViewModel model;
  private final Messages messages;
  private final LockWords words;
  private final LogHistogram waits;
  private final LogHistogram holds;

  @FXML private HBox shapes;
  @FXML private HBox around;

  /** Called by the loader. */
  public LockShapesController(LocksViewModel model, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.words = new LockWords(messages, times);
    this.waits = new LogHistogram(Lane.OWN_WORK, words::round);
    this.holds = new LogHistogram(Lane.RUNS, words::round);
  }

  /** One of the three times beside each other. */
  private final class Phase {
    private final Label line = new Label();
    private final LogHistogram histogram = new LogHistogram(Lane.RUNS, words::round);
    private final QuantileGrid quantiles;
    private final VBox box;

    Phase(String title) {
      Label name = new Label(title);
      name.getStyleClass().add("column-title");
      line.getStyleClass().add("muted");
      GridPane grid = new GridPane();
      grid.getStyleClass().add("lock-times");
      quantiles = new QuantileGrid(grid, messages, words);
      box = new VBox(name, line, grid, histogram);
      box.getStyleClass().add("lock-shape-box");
      box.setMinWidth(0);
      VBox.setVgrow(histogram, Priority.ALWAYS);
      HBox.setHgrow(box, Priority.ALWAYS);
    }

    void show(LockReading reading) {
      LockFigures all = reading.all();
      line.setText(
          reading.toMillis() <= reading.fromMillis()
              ? messages.get("locks.around.none")
              : messages.get(
                  "locks.around.line",
                  words.share(reading.heldShare(all)),
                  words.rate(reading.perSecond(all)),
                  words.share(all.contendedShare())));
      quantiles.show(all);
      histogram.show(all.holds());
      describe(histogram, "locks.holds", all.holds());
    }
  }

  @FXML
  void initialize() {
    shapes.getChildren().setAll(titled("locks.waits", waits), titled("locks.holds", holds));
    Phase before = new Phase(messages.get("locks.around.before"));
    Phase during = new Phase(messages.get("locks.around.during"));
    Phase after = new Phase(messages.get("locks.around.after"));
    around.getChildren().setAll(before.box, during.box, after.box);
    model
        .around()
        .addListener(
            (value, was, now) -> {
              shown(shapes, now == null);
              shown(around, now != null);
              if (now != null) {
                before.show(now.before());
                during.show(now.during());
                after.show(now.after());
              }
            });
    model.reading().addListener((value, was, now) -> show(now));
  }

  private void show(@Nullable LockReading reading) {
    LockFigures all = reading == null ? LockFigures.NONE : reading.all();
    waits.show(all.waits());
    holds.show(all.holds());
    describe(waits, "locks.waits", all.waits());
    describe(holds, "locks.holds", all.holds());
  }

  private void describe(LogHistogram histogram, String title, LockDistribution of) {
    histogram.setAccessibleText(
        messages.get(
            "locks.histogram",
            messages.get(title),
            of.count(),
            words.millis(of.millisAt(50)),
            words.millis(of.millisAt(99)),
            words.millis(of.maxMillis())));
  }

  private Node titled(String title, LogHistogram histogram) {
    Label name = new Label(messages.get(title));
    name.getStyleClass().add("column-title");
    VBox box = new VBox(name, histogram);
    box.getStyleClass().add("lock-shape-box");
    VBox.setVgrow(histogram, Priority.ALWAYS);
    HBox.setHgrow(box, Priority.ALWAYS);
    return box;
  }
}
