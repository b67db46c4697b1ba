package dev.memoryconsole.ui.overview;

import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.table.StateBadge;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** A row of the overview: name and figures over a bar, which is a button where it does anything. */
final class ShareRow extends Button {
  private final Region bar = new Region();
  private final double length;

  ShareRow(Section.Row row) {
    length = row.bar();
    Label name = new Label(row.name());
    name.setMinWidth(0);
    HBox.setHgrow(name, Priority.ALWAYS);
    name.setMaxWidth(Double.MAX_VALUE);
    Label figure = new Label(row.figure());
    figure.getStyleClass().add("share-count");
    figure.setMinWidth(Region.USE_PREF_SIZE);
    HBox line = new HBox(name, figure);
    line.getStyleClass().add("share-line");
    if (row.badge() != null) {
      line.getChildren().addFirst(StateBadge.shape(row.badge()));
      bar.getStyleClass().add(row.badge().styleClass());
    }
    if (!row.share().isEmpty()) {
      Label share = new Label(row.share());
      share.getStyleClass().add("share-percent");
      share.setMinWidth(Region.USE_PREF_SIZE);
      line.getChildren().add(share);
    }
    bar.getStyleClass().add("share-bar");
    StackPane.setAlignment(bar, Pos.CENTER_LEFT);
    setGraphic(new Drawn(line));
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    getStyleClass().add("share-row");
    // As wide as the section, whatever is in it.
    setMinWidth(0);
    setPrefWidth(0);
    setMaxWidth(Double.MAX_VALUE);
    setAccessibleText(row.spoken());
    setTooltip(Tips.of(row.name()));
    if (row.action() instanceof Section.Action.None) {
      setFocusTraversable(false);
      setMouseTransparent(true);
    }
    addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
  }

  // Not on every platform does this key press a button.
  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      fire();
      event.consume();
    }
  }

  /** The bar behind the line; takes all the width that the button has. */
  private final class Drawn extends StackPane {
    Drawn(HBox line) {
      super(bar, line);
      setMinWidth(0);
    }

    @Override
    protected double computePrefWidth(double height) {
      Insets around = ShareRow.this.getInsets();
      return Math.max(0, ShareRow.this.getWidth() - around.getLeft() - around.getRight());
    }

    @Override
    protected void layoutChildren() {
      bar.setMaxWidth(length == 0 ? 0 : Math.max(2, length * getWidth()));
      super.layoutChildren();
    }
  }
}
