package dev.memoryconsole.settings.look;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way of looking at memories that the admin gave a name.
 *
 * @param name not blank
 * @param query what stands in the field
 * @param sort the column that is sorted by; empty for the newest first
 * @param ascending the direction
 * @param columns the columns
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SavedView(
    String name, String query, String sort, boolean ascending, TableLook columns) {
  /** What a file lacks is empty. */
  public SavedView(
      @Nullable String name,
      @Nullable String query,
      @Nullable String sort,
      boolean ascending,
      @Nullable TableLook columns) {
    this.name = Objects.requireNonNullElse(name, "?");
    this.query = Objects.requireNonNullElse(query, "");
    this.sort = Objects.requireNonNullElse(sort, "");
    this.ascending = ascending;
    this.columns = Objects.requireNonNullElse(columns, TableLook.DEFAULT);
  }
}
