package dev.memoryconsole.bench;

import java.time.Duration;
import java.time.Instant;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;

/** A window with nothing in it, which says how long it took and ends. */
public final class EmptyWindow {
  private EmptyWindow() {}

  /** Starts it. */
  public static void main(String[] args) {
    Application.launch(Empty.class);
  }

  /** The window. */
  public static final class Empty extends Application {
    @Override
    public void start(Stage stage) {
      stage.setScene(new Scene(new Pane(), 1280, 800));
      stage.show();
      new AnimationTimer() {
        private int seen;

        @Override
        public void handle(long nanos) {
          seen++;
          if (seen == 2) {
            Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
            System.out.println(Duration.between(start, Instant.now()).toMillis());
            System.exit(0);
          }
        }
      }.start();
    }
  }
}
