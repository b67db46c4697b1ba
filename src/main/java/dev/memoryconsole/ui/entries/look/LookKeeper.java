package dev.memoryconsole.ui.entries.look;

import dev.memoryconsole.settings.look.WindowLook;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.services.UiServices;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/** Remembers how the screen is arranged, a moment after it was. User interface's thread only. */
public final class LookKeeper {
  private static final Duration MOMENT = Duration.millis(600);

  private final UiServices services;
  private final Tasks tasks;
  private final PauseTransition pause = new PauseTransition(MOMENT);
  private WindowLook look = WindowLook.DEFAULT;
  private boolean loaded;

  /** Keeps it where these services do. */
  public LookKeeper(UiServices services, Tasks tasks) {
    this.services = services;
    this.tasks = tasks;
    pause.setOnFinished(event -> save());
  }

  /** Reads what was remembered, and hands it over. */
  public void load(Consumer<WindowLook> apply) {
    tasks.run(
        services::look,
        read -> {
          look = read;
          apply.accept(read);
          loaded = true;
        });
  }

  /** What is remembered now. */
  public WindowLook look() {
    return look;
  }

  /** Changes it; nothing is remembered before the screen was arranged as it was. */
  public void change(UnaryOperator<WindowLook> change) {
    if (loaded) {
      WindowLook changed = change.apply(look);
      if (!changed.equals(look)) {
        look = changed;
        pause.playFromStart();
      }
    }
  }

  /** Saves what is not saved yet: the window is closed. */
  public void close() {
    if (pause.getStatus() == Animation.Status.RUNNING) {
      pause.stop();
      save();
    }
  }

  private void save() {
    WindowLook now = look;
    tasks.run(() -> services.saveLook(now));
  }
}
