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

  synchronized void add(EntryOutcome outcome) {
    counts.merge(outcome.outcome(), 1, Integer::sum);
    outcomes.add(outcome);
  }

  synchronized int done() {
    return outcomes.size();
  }

  synchronized Map<EntryState, Integer> counts() {
    return Map.copyOf(counts);
  }

  synchronized List<EntryOutcome> from(int index) {
    return List.copyOf(outcomes.subList(Math.min(index, outcomes.size()), outcomes.size()));
  }
}
