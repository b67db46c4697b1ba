package dev.memoryconsole.settings.look;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the admin arranged the memories screen.
 *
 * @param columns the table's columns
 * @param divider where the table ends and the details begin, 0 to 1; 0 for where it comes
 * @param views what was saved under a name, in the order of the menu
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WindowLook(TableLook columns, double divider, List<SavedView> views) {
  /** As it comes. */
  public static final WindowLook DEFAULT = new WindowLook(TableLook.DEFAULT, 0, List.of());

  /** Copies the list; what a file lacks is empty, and a divider that hides a side is none. */
  public WindowLook(@Nullable TableLook columns, double divider, @Nullable List<SavedView> views) {
    this.columns = Objects.requireNonNullElse(columns, TableLook.DEFAULT);
    this.divider = divider > 0.1 && divider < 0.9 ? divider : 0;
    this.views = views == null ? List.of() : List.copyOf(views);
  }

  /** Changes how the screen is arranged. */
  public WindowLook with(TableLook newColumns, double newDivider) {
    return new WindowLook(newColumns, newDivider, views);
  }

  /** Adds a view, in the place of one with this name if there is one. */
  public WindowLook with(SavedView view) {
    List<SavedView> all = new ArrayList<>(views);
    int at = views.stream().map(SavedView::name).toList().indexOf(view.name());
    if (at >= 0) {
      all.set(at, view);
    } else {
      all.add(view);
    }
    return new WindowLook(columns, divider, all);
  }

  /** Takes a view away. */
  public WindowLook without(String name) {
    return new WindowLook(
        columns, divider, views.stream().filter(view -> !view.name().equals(name)).toList());
  }
}
