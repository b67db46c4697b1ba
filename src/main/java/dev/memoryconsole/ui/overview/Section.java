package dev.memoryconsole.ui.overview;

import dev.memoryconsole.store.facet.Facet;
import dev.memoryconsole.ui.common.table.Badge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the overview, in words.
 *
 * @param title the key of its title
 * @param total of all rows, in words; empty if that means nothing
 * @param pending how many rows there will be about; 0 if they are known
 */
record Section(String id, String title, String total, int pending, List<Row> rows) {
  /** What a click on a row does. */
  sealed interface Action {
    /** Shows the memories that this text finds. */
    record Filter(String query) implements Action {}

    /** Shows one memory. */
    record Memory(String id) implements Action {}

    /** Shows all rows of the section. */
    record Expand(Facet facet) implements Action {}

    /** Nothing does. */
    record None() implements Action {}
  }

  /**
   * A row: how many memories are so, or how large one is.
   *
   * @param badge its shape; null for none
   * @param figure how many or how much, in words
   * @param share of all, in words; empty for none
   * @param bar how long its bar is, 0 to 1
   * @param apart whether it is counted elsewhere, and stands apart from the rows that add up
   * @param spoken what a screen reader says
   */
  record Row(
      @Nullable Badge badge,
      String name,
      String figure,
      String share,
      double bar,
      boolean apart,
      String spoken,
      Action action) {}

  /** Copies the list. */
  Section {
    rows = List.copyOf(rows);
  }
}
