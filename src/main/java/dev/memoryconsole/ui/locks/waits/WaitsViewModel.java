package dev.memoryconsole.ui.locks.waits;

import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is shown of who waits for whom. Asks the server twice a second while somebody looks
 * at it live, apart from what else the screen reads: a server may be slow. User interface's thread
 * only.
 */
public final class WaitsViewModel {
  private static final Duration LOOK = Duration.millis(500);

  private final Session session;
  private final Tasks tasks;
  private final Timeline sampler;
  private final ReadOnlyObjectWrapper<ShownWaits> waits =
      new ReadOnlyObjectWrapper<>(ShownWaits.NONE);
  private Supplier<Stretch> stretch = () -> new Stretch(0, 0);
  private boolean shown;
  private boolean paused;
  private boolean looking;
  private boolean again;

  /** For the store of this session. */
  public WaitsViewModel(Session session, Tasks tasks) {
    this.session = session;
    this.tasks = tasks;
    sampler = new Timeline(new KeyFrame(LOOK, event -> lookUnlessLooking()));
    sampler.setCycleCount(Animation.INDEFINITE);
    session.upgrades().addListener(value -> reset());
  }

  /** What is shown. */
  public ReadOnlyObjectProperty<ShownWaits> waits() {
    return waits.getReadOnlyProperty();
  }

  /** Says which stretch is on screen. */
  public void along(Supplier<Stretch> onScreen) {
    stretch = onScreen;
  }

  /** Whether it is on screen, and whether that stands still. */
  public void show(boolean isShown, boolean isPaused) {
    shown = isShown;
    paused = isPaused;
    sampleIfNeeded();
  }

  /** Another stretch is on screen. */
  public void moved() {
    if (shown) {
      look();
    }
  }

  private void reset() {
    looking = false;
    again = false;
    waits.set(ShownWaits.NONE);
    sampleIfNeeded();
  }

  private void sampleIfNeeded() {
    if (shown && !paused && session.open() != null) {
      sampler.play();
      look();
    } else {
      sampler.stop();
    }
  }

  private void lookUnlessLooking() {
    if (!looking) {
      look();
    }
  }

  private void look() {
    @Nullable Upgrades open = session.open();
    if (open == null) {
      return;
    }
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    again = false;
    Stretch asked = stretch.get();
    boolean live = !paused;
    tasks.read(
        () -> ShownWaits.look(open.locks(), asked, live),
        found -> {
          if (open == session.open()) {
            looking = false;
            waits.set(found);
            if (again) {
              look();
            }
          }
        },
        () -> looking = false);
  }
}
