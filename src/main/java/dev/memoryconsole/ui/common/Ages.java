package dev.memoryconsole.ui.common;

import dev.memoryconsole.ui.common.text.Times;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;

/** Texts on screen that say how long ago something was, which go on by themselves. */
public final class Ages {
  private static final String STYLE = "age";

  private Ages() {}

  /** Has a label say how long ago that was, from now on. */
  public static void show(Label label, Times times, long stamp) {
    Runnable renewal = () -> label.setText(times.relative(stamp));
    renewal.run();
    label.getProperties().put(Ages.class, renewal);
    if (!label.getStyleClass().contains(STYLE)) {
      label.getStyleClass().add(STYLE);
    }
  }

  /** Says anew how long ago everything is that a window shows. */
  public static void renew(Parent root) {
    for (Node table : root.lookupAll(".table-view")) {
      ((TableView<?>) table).refresh();
    }
    for (Node label : root.lookupAll("." + STYLE)) {
      if (label.getProperties().get(Ages.class) instanceof Runnable renewal) {
        renewal.run();
      }
    }
  }
}
