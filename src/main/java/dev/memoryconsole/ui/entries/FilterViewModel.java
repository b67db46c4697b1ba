package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Decides what the memories are filtered and sorted by. User interface's thread only. */
final class FilterViewModel {
  // Short, for what is asked for between two letters is stopped in its statement.
  private static final Duration DEBOUNCE = Duration.millis(60);

  private final PauseTransition typing = new PauseTransition(DEBOUNCE);
  private final ReadOnlyObjectWrapper<Filter> filter = new ReadOnlyObjectWrapper<>(Filter.NONE);
  private final BiConsumer<Filter, Filter> onChange;
  private String typed = "";

  /**
   * Begins with everything.
   *
   * @param onChange told the filter before and the one now whenever the admin changes it
   */
  FilterViewModel(BiConsumer<Filter, Filter> onChange) {
    this.onChange = onChange;
    typing.setOnFinished(event -> update(get().withText(typed)));
  }

  ReadOnlyObjectProperty<Filter> filter() {
    return filter.getReadOnlyProperty();
  }

  Filter get() {
    return filter.get();
  }

  /** Whether it shows only what a retry takes. */
  boolean isOnlyRetryable() {
    return get().failed() || get().states().equals(Set.of(MemoryState.FALLBACK));
  }

  /** Filters by what is typed once the admin has stopped typing. */
  void type(String text) {
    typed = text;
    if (!text.equals(get().text())) {
      typing.playFromStart();
    }
  }

  /** The filter with all that is typed, so that no click takes away what was typed just before. */
  Filter latest() {
    typing.stop();
    return typed.equals(get().text()) ? get() : get().withText(typed);
  }

  void scopes(Set<String> chosen) {
    update(latest().withScopes(chosen));
  }

  void categories(Set<String> chosen) {
    update(latest().withCategories(chosen));
  }

  void state(MemoryState state, boolean on) {
    Filter latest = latest();
    Set<MemoryState> states = new HashSet<>(latest.states());
    if (on ? states.add(state) : states.remove(state)) {
      update(latest.withStates(states));
    }
  }

  void failed(boolean on) {
    update(latest().withFailed(on));
  }

  void stamped(boolean on) {
    update(latest().withStamped(on));
  }

  /** Shows what this text finds, at once. */
  void show(String text) {
    typing.stop();
    update(get().withText(text));
  }

  void clear() {
    typing.stop();
    update(get().cleared());
  }

  /** Sorts by a column's name; one the store can't sort by means the newest first. */
  void sortBy(@Nullable String column, boolean ascending) {
    for (EntryQuery.Sort sort : EntryQuery.Sort.values()) {
      if (sort.name().toLowerCase(Locale.ROOT).equals(column)) {
        update(get().sortedBy(sort, ascending));
        return;
      }
    }
    update(get().sortedBy(Filter.NONE.sort(), Filter.NONE.ascending()));
  }

  /** Goes back to what is on screen without a word: nothing else was shown since. */
  void restore(Filter shown) {
    typing.stop();
    typed = shown.text();
    filter.set(shown);
  }

  /** Goes back to everything without a word: it is another store now. */
  void reset() {
    typing.stop();
    typed = "";
    filter.set(Filter.NONE);
  }

  /** Filters and sorts by this. */
  void update(Filter next) {
    Filter before = get();
    if (!next.equals(before)) {
      typed = next.text();
      filter.set(next);
      onChange.accept(before, next);
    }
  }
}
