package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts outcomes and keeps them in the order they came. Thread-safe. */
final class Tally {
  private final Map<EntryState, Integer> counts = new EnumMap<>(EntryState.class);
  private final List<EntryOutcome> outcomes = new ArrayList<>();
  private final int before;

  /** With the outcomes from before the run was stopped. */
  Tally(Map<EntryState, Integer> earlier) {
    counts.putAll(earlier);
    before = earlier.values().stream().mapToInt(Integer::intValue).sum();
  }

  synchronized void add(EntryOutcome outcome) {
    counts.merge(outcome.outcome(), 1, Integer::sum);
    outcomes.add(outcome);
  }

  synchronized int done() {
    return before + outcomes.size();
  }

  synchronized Map<EntryState, Integer> counts() {
    return Map.copyOf(counts);
  }

  synchronized List<EntryOutcome> from(int index) {
    return List.copyOf(outcomes.subList(Math.min(index, outcomes.size()), outcomes.size()));
  }
}
