package dev.memoryconsole.ui.common.dialog;

import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.task.Working;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableObjectValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/**
 * A panel over the window that does something long: while it does, it can't be closed, and the
 * focus is on Cancel. User interface's thread only.
 *
 * @param root the whole panel
 * @param work what is shown while something is done
 * @param words how far it is, in words
 * @param bar how far it is
 * @param cancel stops it
 * @param close closes the panel
 * @param first has the focus whenever nothing is done
 */
public record WorkingPanel(
    Node root, Node work, Label words, ProgressBar bar, Button cancel, Button close, Button first) {
  /**
   * Binds it.
   *
   * @param closeWords what the button that closes it says
   * @param fill fills the panel when it is opened
   * @param onClose closes it
   * @return whether something is done
   */
  public BooleanBinding bind(
      String closeWords,
      ObservableBooleanValue open,
      ObservableObjectValue<@Nullable Working> working,
      Runnable fill,
      Runnable onClose) {
    close.setGraphic(Icons.of(Feather.X));
    Icons.name(close, closeWords);
    BooleanBinding busy = Bindings.isNotNull(working);
    close.disableProperty().bind(busy);
    work.visibleProperty().bind(busy);
    working.addListener((value, before, now) -> show(now));
    Overlay panel =
        new Overlay(
            root,
            () -> {
              if (!close.isDisabled()) {
                onClose.run();
              }
            });
    Runnable show =
        () -> {
          if (open.get()) {
            panel.show();
            fill.run();
            show(working.get());
          } else {
            panel.hide();
          }
        };
    open.addListener(value -> show.run());
    if (open.get()) {
      // Asked for before it was built; it can be shown once it is in the window.
      Platform.runLater(show);
    }
    return busy;
  }

  private void show(@Nullable Working now) {
    words.setText(now == null ? "" : now.words());
    bar.setProgress(now == null ? 0 : now.fraction());
    // What can't be pressed any more loses the focus to something behind the panel.
    if (now == null) {
      focusFirst();
    } else if (!cancel.isFocused()) {
      cancel.requestFocus();
    }
  }

  /** The focus stays in the panel also where the first can't be pressed. */
  private void focusFirst() {
    (first.isDisabled() ? close : first).requestFocus();
  }
}
