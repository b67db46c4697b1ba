package dev.memoryconsole.ui;

import dev.memoryconsole.ui.common.dialog.FileChooserPicker;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The JavaFX application: one window. */
public final class ConsoleApplication extends Application {
  // JavaFX builds this class by itself, so that what it needs has to wait for it here.
  private static final AtomicReference<@Nullable UiContext> CONTEXT = new AtomicReference<>();

  /** Shows the window; returns when it is closed. Once in a process. */
  public static void show(UiContext context) {
    CONTEXT.set(context);
    launch(ConsoleApplication.class);
  }

  @Override
  public void start(Stage stage) {
    UiContext context = CONTEXT.get();
    if (context == null) {
      throw new IllegalStateException("Start the window with ConsoleApplication.show.");
    }
    new MainWindow(context, new FileChooserPicker(stage, Messages.of(context.system())), stage)
        .show();
  }
}
