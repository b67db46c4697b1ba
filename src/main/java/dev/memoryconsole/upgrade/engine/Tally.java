package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.upgrade.EntryOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts outcomes and keeps them in the order they came. Thread-safe. */
final class Tally {
  private final Map<EntryState, Integer> counts = new EnumMap<>(EntryState.class);
  private final List<EntryOutcome> outcomes = new ArrayList<>();
  private final Set<String> reapplied = new HashSet<>();
  private int done;

  /** With the outcomes from before the run was stopped. */
  Tally(Map<EntryState, Integer> earlier) {
    counts.putAll(earlier);
    done = earlier.values().stream().mapToInt(Integer::intValue).sum();
  }

  synchronized void add(EntryOutcome outcome) {
    counts.merge(outcome.outcome(), 1, Integer::sum);
    outcomes.add(outcome);
    done++;
  }

  /** An entry that has its outcome was written once more: it is told again, but not counted. */
  synchronized void addReapplied(EntryOutcome outcome) {
    outcomes.add(outcome);
    reapplied.add(outcome.id());
  }

  synchronized int done() {
    return done;
  }

  /** How many entries were written by this run. */
  synchronized int written() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().isWritten())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** How many entries were written once more. */
  synchronized int reapplied() {
    return reapplied.size();
  }

  synchronized Map<EntryState, Integer> counts() {
    return Map.copyOf(counts);
  }

  synchronized List<EntryOutcome> from(int index) {
    return List.copyOf(outcomes.subList(Math.min(index, outcomes.size()), outcomes.size()));
  }
}
