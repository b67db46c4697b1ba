package dev.memoryconsole.ui.common;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * A view that is built when it is first needed, or once the window is on screen: building all of
 * them takes longer than anything else in a start. Until then nothing is at its place. User
 * interface's thread only.
 *
 * @param <C> the type of its controller, which begins with the state of its model as it is by then
 */
public final class Later<C> {
  private final Supplier<View<C>> build;
  private final Region place = new Region();
  private final List<Consumer<Parent>> waiting = new ArrayList<>();
  private @Nullable View<C> built;

  Later(Supplier<View<C>> build) {
    this.build = build;
    place.setManaged(false);
    place.setVisible(false);
  }

  /** What is to be a child where the view is to be: the view itself, or what it replaces. */
  public Parent place() {
    return built == null ? place : built.root();
  }

  /** Does this with the view as soon as it is built, before it is shown. */
  public void whenBuilt(Consumer<Parent> action) {
    if (built == null) {
      waiting.add(action);
    } else {
      action.accept(built.root());
    }
  }

  /** Tells whether it is built. */
  public boolean isBuilt() {
    return built != null;
  }

  /** Builds it, unless it is. */
  public void build() {
    controller();
  }

  /** Its controller; builds the view if need be. */
  public C controller() {
    if (built != null) {
      return built.controller();
    }
    View<C> now = build.get();
    built = now;
    waiting.forEach(action -> action.accept(now.root()));
    waiting.clear();
    if (place.getParent() instanceof Pane pane) {
      pane.getChildren().set(pane.getChildren().indexOf(place), now.root());
    }
    return now.controller();
  }
}
