package dev.memoryconsole.ui.shell;

import atlantafx.base.controls.Notification;
import atlantafx.base.controls.NotificationSkin;
import atlantafx.base.theme.Styles;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.dialog.Notices;
import javafx.animation.PauseTransition;
import javafx.beans.InvalidationListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/** Draws the notices, one above the other. */
final class NoticeStack {
  private static final Duration SUCCESS_STAYS = Duration.seconds(6);
  // Something can be done there, which takes longer to decide.
  private static final Duration OFFER_STAYS = Duration.seconds(15);

  private static final double GAP = 8;

  private final VBox box;
  private final Notices notices;

  /** Fills the box with what is shown. */
  NoticeStack(VBox box, Notices notices) {
    this.box = box;
    this.notices = notices;
    notices.shown().addListener((ListChangeListener<Notices.Notice>) this::show);
  }

  /**
   * Lies below the screens, which give way to it: what one works with is never covered. Not among
   * the screens, for panels and their shades lie over these.
   */
  void lieBelow(Region panes, Region rail, Region root) {
    InvalidationListener giveWay =
        value -> {
          double room = box.getChildren().isEmpty() ? 0 : box.getHeight();
          BorderPane.setMargin(panes, new Insets(0, 0, room, 0));
        };
    box.getChildren().addListener(giveWay);
    box.heightProperty().addListener(giveWay);
    box.maxWidthProperty().bind(panes.widthProperty());
    box.translateXProperty().bind(rail.widthProperty());
    box.translateYProperty()
        .bind(
            panes
                .layoutYProperty()
                .add(panes.heightProperty())
                .add(box.heightProperty())
                .subtract(root.heightProperty()));
  }

  /**
   * Has a panel that would reach below the notices, as most do in a small window, end above them:
   * its buttons are down there.
   */
  void stayBelow(StackPane panel) {
    Node body = panel.getChildren().getFirst();
    InvalidationListener giveWay =
        value -> StackPane.setMargin(body, new Insets(0, 0, covered(panel, body), 0));
    box.getChildren().addListener(giveWay);
    box.boundsInParentProperty().addListener(giveWay);
    panel.visibleProperty().addListener(giveWay);
    panel.heightProperty().addListener(giveWay);
    body.layoutBoundsProperty().addListener(giveWay);
  }

  /** How much of the room of a panel the notices take, if it would need any of that. */
  private double covered(StackPane panel, Node body) {
    double edge = panel.getInsets().getBottom();
    double room = panel.getHeight() - panel.getInsets().getTop() - edge;
    double wanted = Math.min(room, body.prefHeight(body.getLayoutBounds().getWidth()));
    double end = panel.getInsets().getTop() + (room + wanted) / 2;
    double notices = box.getBoundsInParent().getMinY();
    boolean free = box.getChildren().isEmpty() || !panel.isVisible() || end <= notices;
    return free ? 0 : Math.max(0, panel.getHeight() - edge - notices + GAP);
  }

  private void show(ListChangeListener.Change<? extends Notices.Notice> change) {
    while (change.next()) {
      for (Notices.Notice gone : change.getRemoved()) {
        box.getChildren().removeIf(node -> gone.equals(node.getUserData()));
      }
      for (Notices.Notice added : change.getAddedSubList()) {
        box.getChildren().add(draw(added));
      }
    }
  }

  private Notification draw(Notices.Notice notice) {
    Notification drawn =
        new Notification(
            notice.text(),
            Icons.of(
                switch (notice.kind()) {
                  case SUCCESS -> Feather.CHECK_CIRCLE;
                  case WARNING -> Feather.ALERT_TRIANGLE;
                  case ERROR -> Feather.ALERT_OCTAGON;
                }));
    drawn.setUserData(notice);
    // Nothing can be done with it but what its buttons do.
    drawn.setFocusTraversable(false);
    drawn.setAccessibleText(notice.text());
    drawn
        .getStyleClass()
        .add(
            switch (notice.kind()) {
              case SUCCESS -> Styles.SUCCESS;
              case WARNING -> Styles.WARNING;
              case ERROR -> Styles.DANGER;
            });
    drawn.setOnClose(event -> notices.shown().remove(notice));
    Notices.Offer offer = notice.offer();
    if (offer != null) {
      Button button = new Button(offer.words());
      button.setId("noticeOffer");
      button.setOnAction(
          event -> {
            notices.shown().remove(notice);
            offer.action().run();
          });
      button.setMinWidth(Region.USE_PREF_SIZE);
      drawn.setSkin(new OneLine(drawn, button));
      drawn.getStyleClass().add("one-line");
    }
    if (notice.kind() == Notices.Kind.SUCCESS) {
      PauseTransition pause = new PauseTransition(offer == null ? SUCCESS_STAYS : OFFER_STAYS);
      pause.setOnFinished(event -> notices.shown().remove(notice));
      pause.play();
    }
    return drawn;
  }

  /** Has its button in the line of its words: a strip of two takes its room from the screens. */
  private static final class OneLine extends NotificationSkin {
    OneLine(Notification drawn, Button button) {
      super(drawn);
      header.setAlignment(Pos.CENTER_LEFT);
      HBox.setMargin(actionsBox, Insets.EMPTY);
      actionsBox.setAlignment(Pos.CENTER_RIGHT);
      actionsBox.setMinWidth(Region.USE_PREF_SIZE);
      actionsBox.getChildren().addFirst(button);
    }
  }
}
