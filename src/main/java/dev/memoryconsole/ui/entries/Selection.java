package dev.memoryconsole.ui.entries;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/**
 * The chosen memories: either some ids, or the rule "all that match" with a few exceptions, so that
 * choosing 100,000 costs nothing. User interface's thread only.
 */
final class Selection {
  private final Set<String> ids = new LinkedHashSet<>();
  private final ReadOnlyLongWrapper size = new ReadOnlyLongWrapper();
  private boolean allMatching;
  private long matching;

  /** How many are chosen. */
  ReadOnlyLongProperty size() {
    return size.getReadOnlyProperty();
  }

  /** Whether the rule holds; {@link #ids} are the exceptions then. */
  boolean isAllMatching() {
    return allMatching;
  }

  /** The chosen ids in the order they were chosen, or the exceptions from the rule. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  boolean contains(String id) {
    return allMatching != ids.contains(id);
  }

  void toggle(String id) {
    if (!ids.remove(id)) {
      ids.add(id);
    }
    count();
  }

  void choose(Collection<String> chosen) {
    if (allMatching) {
      ids.removeAll(new LinkedHashSet<>(chosen));
    } else {
      ids.addAll(chosen);
    }
    count();
  }

  void chooseAllMatching() {
    allMatching = true;
    ids.clear();
    count();
  }

  void clear() {
    allMatching = false;
    ids.clear();
    count();
  }

  /** Tells how many match now. */
  void matching(long count) {
    matching = count;
    count();
  }

  private void count() {
    size.set(allMatching ? Math.max(0, matching - ids.size()) : ids.size());
  }
}
