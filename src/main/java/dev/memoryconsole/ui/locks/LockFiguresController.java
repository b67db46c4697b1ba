package dev.memoryconsole.ui.locks;

import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;

/** Binds the figures of the locks screen. */
public final class LockFiguresController {
  private final LocksViewModel model;
  private final Messages messages;
  private final LockWords words;
  private @Nullable QuantileGrid quantiles;

  @FXML private GridPane times;
  @FXML private Label rate;
  @FXML private Label contended;
  @FXML private Label held;
  @FXML private Label waiting;
  @FXML private Label holder;

  /** Called by the loader. */
  public LockFiguresController(LocksViewModel model, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.words = new LockWords(messages, times);
  }

  @FXML
  void initialize() {
    quantiles = new QuantileGrid(times, messages, words);
    contended.setTooltip(
        Tips.of(
            messages.get("locks.tile.contendedHint", words.millis(LockFigures.NOTICEABLE_MILLIS))));
    model.reading().addListener((value, before, now) -> show(now));
    model.live().addListener((value, before, now) -> showLive(now));
    show(null);
    showLive(LockLive.IDLE);
  }

  private void show(@Nullable LockReading reading) {
    LockFigures all = reading == null ? LockFigures.NONE : reading.all();
    if (quantiles != null) {
      quantiles.show(all);
    }
    rate.setText(reading == null ? "–" : words.rate(reading.perSecond(all)));
    contended.setText(reading == null ? "–" : words.share(all.contendedShare()));
    held.setText(reading == null ? "–" : words.share(reading.heldShare(all)));
  }

  private void showLive(LockLive live) {
    waiting.setText(messages.numbers().whole(live.waiting().size()));
    waiting.setTooltip(
        live.waiting().isEmpty() ? null : Tips.of(words.now(live.waiting().getFirst())));
    holder.setText(live.holder().map(words::now).orElse(messages.get("locks.nobody")));
  }
}
