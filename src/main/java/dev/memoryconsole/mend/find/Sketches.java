package dev.memoryconsole.mend.find;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Finds pairs of texts that may be nearly the same without comparing each with each: of every text
 * the least values of some hashes of its trigrams are taken (MinHash), and only texts that share a
 * run of four of them are a pair. The work grows with the number of texts, not with its square. For
 * one thread.
 */
final class Sketches {
  private static final int RUNS = 12;
  private static final int RUN = 4;
  private static final int VALUES = RUNS * RUN;
  // Groups come of pairs that follow each other, so a text need not meet all that are like it.
  private static final int LATEST = 3;
  private static final int[] FACTORS = new Random(7).ints(VALUES).map(value -> value | 1).toArray();
  private static final int[] TERMS = new Random(11).ints(VALUES).toArray();

  private final Map<Long, int[]> runs = new HashMap<>();
  private final Set<Long> pairs = new HashSet<>();

  /**
   * Adds a text.
   *
   * @param number its number, rising
   * @param place only texts of one place are compared
   */
  void add(int number, int[] trigrams, int place) {
    int[] least = new int[VALUES];
    for (int i = 0; i < VALUES; i++) {
      int smallest = Integer.MAX_VALUE;
      for (int trigram : trigrams) {
        smallest = Math.min(smallest, mixed(trigram * FACTORS[i] + TERMS[i]));
      }
      least[i] = smallest;
    }
    for (int run = 0; run < RUNS; run++) {
      long key = place * 31L + run;
      for (int i = run * RUN; i < (run + 1) * RUN; i++) {
        key = (key ^ least[i]) * 0x9E3779B97F4A7C15L;
        key ^= key >>> 29;
      }
      meet(number, key);
    }
  }

  private static int mixed(int value) {
    int mixed = value ^ (value >>> 16);
    mixed *= 0x85EBCA6B;
    return mixed ^ (mixed >>> 13);
  }

  private void meet(int number, long key) {
    int[] latest = runs.get(key);
    if (latest == null) {
      runs.put(key, new int[] {number});
      return;
    }
    for (int other : latest) {
      if (other != number) {
        pairs.add(((long) other << Integer.SIZE) | number);
      }
    }
    int kept = Math.min(latest.length, LATEST - 1);
    int[] next = new int[kept + 1];
    System.arraycopy(latest, latest.length - kept, next, 0, kept);
    next[kept] = number;
    runs.put(key, next);
  }

  /** The pairs so far, each with the lower number in its upper half. */
  List<Long> pairs() {
    List<Long> sorted = new ArrayList<>(pairs);
    sorted.sort(null);
    return sorted;
  }
}
