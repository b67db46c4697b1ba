package dev.memoryconsole.settings.look;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the admin arranged a table's columns, by their names.
 *
 * @param order the columns from the left; those that are not named follow
 * @param widths in pixels, of those that were given one
 * @param hidden those that are not to be seen
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TableLook(List<String> order, Map<String, Double> widths, Set<String> hidden) {
  /** As it comes. */
  public static final TableLook DEFAULT = new TableLook(List.of(), Map.of(), Set.of());

  /** Copies the collections; what a file lacks is empty. */
  public TableLook(
      @Nullable List<String> order,
      @Nullable Map<String, Double> widths,
      @Nullable Set<String> hidden) {
    this.order = order == null ? List.of() : List.copyOf(order);
    this.widths = widths == null ? Map.of() : Map.copyOf(widths);
    this.hidden = hidden == null ? Set.of() : Set.copyOf(hidden);
  }
}
