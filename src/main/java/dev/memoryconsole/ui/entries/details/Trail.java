package dev.memoryconsole.ui.entries.details;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The way from memory to memory along links, and back. Whoever goes to a memory otherwise begins a
 * new one. User interface's thread only.
 */
public final class Trail {
  private final Consumer<String> open;
  private final Deque<String> behind = new ArrayDeque<>();
  private final ReadOnlyBooleanWrapper any = new ReadOnlyBooleanWrapper();
  private @Nullable String at;
  private @Nullable String going;
  private boolean back;

  /**
   * At no memory.
   *
   * @param open opens a memory by its id; {@link #arrived} is called when it is there
   */
  public Trail(Consumer<String> open) {
    this.open = open;
  }

  /** Whether there is a way back. */
  public ReadOnlyBooleanProperty any() {
    return any.getReadOnlyProperty();
  }

  /** Goes on to a memory. */
  public void follow(String id) {
    going = id;
    back = false;
    open.accept(id);
  }

  /** Goes back to the memory whose link was followed last. */
  public void back() {
    String last = behind.peek();
    if (last != null) {
      going = last;
      back = true;
      open.accept(last);
    }
  }

  /** Takes note of the memory that is shown; null for none. */
  public void arrived(@Nullable String id) {
    if (id != null && id.equals(at)) {
      return;
    }
    if (id == null || !id.equals(going)) {
      behind.clear();
    } else if (back) {
      behind.pop();
    } else if (at != null) {
      behind.push(at);
    }
    going = null;
    at = id;
    any.set(!behind.isEmpty());
  }
}
