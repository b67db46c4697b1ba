package dev.memoryconsole.ui.locks;

import dev.memoryconsole.lock.figures.LockDistribution;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/** Waits and holds in two lines: p50, p99, max. User interface's thread only. */
final class QuantileGrid {
  private static final List<ToDoubleFunction<LockDistribution>> FIGURES =
      List.of(d -> d.millisAt(50), d -> d.millisAt(99), LockDistribution::maxMillis);

  private final LockWords words;
  private final Label[] waits = new Label[FIGURES.size()];
  private final Label[] holds = new Label[FIGURES.size()];

  /** Fills the grid. */
  QuantileGrid(GridPane grid, Messages messages, LockWords words) {
    this.words = words;
    grid.add(head(""), 0, 0);
    grid.add(new Label(messages.get("lock.wait")), 0, 1);
    grid.add(new Label(messages.get("lock.hold")), 0, 2);
    List<String> heads = List.of("p50", "p99", messages.get("lock.max"));
    for (int i = 0; i < FIGURES.size(); i++) {
      grid.add(right(head(heads.get(i))), i + 1, 0);
      waits[i] = right(new Label());
      holds[i] = right(new Label());
      grid.add(waits[i], i + 1, 1);
      grid.add(holds[i], i + 1, 2);
    }
  }

  void show(LockFigures figures) {
    for (int i = 0; i < FIGURES.size(); i++) {
      waits[i].setText(text(figures.waits(), FIGURES.get(i)));
      holds[i].setText(text(figures.holds(), FIGURES.get(i)));
    }
  }

  private String text(LockDistribution of, ToDoubleFunction<LockDistribution> figure) {
    return of.count() == 0 ? "–" : words.millis(figure.applyAsDouble(of));
  }

  private static Label right(Label label) {
    GridPane.setHalignment(label, HPos.RIGHT);
    label.setMinWidth(Label.USE_PREF_SIZE);
    return label;
  }

  private static Label head(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("column-title");
    return label;
  }
}
