package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.journal.EntryState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which the entries of a run got their outcomes: five bytes each, because what the
 * outcomes say is in the journal. Not thread-safe.
 */
final class OutcomeOrder {
  private static final int IN_BLOCK = 4_096;
  private static final List<EntryState> STATES = List.of(EntryState.values());

  private final List<Block> blocks = new ArrayList<>();
  private final Map<EntryState, Integer> counts = new EnumMap<>(EntryState.class);
  private int size;

  /** Some of them: where they are in the run, and what became of them. */
  private static final class Block {
    private final int[] positions = new int[IN_BLOCK];
    private final byte[] states = new byte[IN_BLOCK];
  }

  /** Adds an outcome of the entry at this place of the run. */
  void add(int position, EntryState outcome) {
    int at = size % IN_BLOCK;
    if (at == 0) {
      blocks.add(new Block());
    }
    blocks.getLast().positions[at] = position;
    blocks.getLast().states[at] = (byte) STATES.indexOf(outcome);
    counts.merge(outcome, 1, Integer::sum);
    size++;
  }

  /** How many are of these states; all if there are none given. */
  int count(Set<EntryState> states) {
    return states.isEmpty()
        ? size
        : states.stream().mapToInt(state -> counts.getOrDefault(state, 0)).sum();
  }

  /**
   * The places of some entries in the run, in the order of their outcomes.
   *
   * @param states only of these; empty for all
   * @param from so many of them are passed over
   */
  List<Integer> positions(Set<EntryState> states, int from, int limit) {
    boolean[] wanted = new boolean[STATES.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = states.isEmpty() || states.contains(STATES.get(i));
    }
    List<Integer> found = new ArrayList<>();
    // All are wanted: nothing has to be looked at to pass it over.
    int first = states.isEmpty() ? from : 0;
    int skipped = first;
    for (int i = first; i < size && found.size() < limit; i++) {
      Block block = blocks.get(i / IN_BLOCK);
      if (wanted[block.states[i % IN_BLOCK]] && skipped++ >= from) {
        found.add(block.positions[i % IN_BLOCK]);
      }
    }
    return found;
  }
}
