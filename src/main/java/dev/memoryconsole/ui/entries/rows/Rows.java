package dev.memoryconsole.ui.entries.rows;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the table, as far as something is done with them. User interface's thread only. */
public interface Rows {
  /** The row that the keyboard is at; null if there is none. */
  @Nullable MemoryEntry current();

  /** How many are chosen. */
  long chosen();

  /** Whether this one is chosen. */
  boolean isChosen(String id);

  /** Whether all that match are chosen; then {@link #chosenIds} are the exceptions. */
  boolean isAllChosen();

  /** The ids that are chosen, or the exceptions. */
  List<String> chosenIds();

  /** How many match. */
  long matching();

  /** What matches. */
  EntryQuery query();

  /** Chooses a row, or no longer. */
  void toggle(String id);

  /** Shows only those that have one of these values, besides the rest of the filter. */
  void only(String key, Collection<String> values);

  /** Shows the details of the current row. */
  void open();
}
