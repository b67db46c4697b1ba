package dev.memoryconsole.mend.find;

import java.util.Arrays;
import java.util.Random;

/**
 * Finds pairs of texts that may be nearly the same without comparing each with each: of every text
 * the least values of some hashes of its trigrams are taken (MinHash), and only texts that share a
 * run of four of them, and more than half of all, are a pair. The work grows with the number of
 * texts, not with its square, and takes about 150 bytes for each. For one thread.
 */
final class Sketches {
  private static final int RUNS = 12;
  private static final int RUN = 4;
  private static final int VALUES = RUNS * RUN;
  // Groups come of pairs that follow each other, so a text need not meet all that are like it.
  private static final int LATEST = 3;
  // Texts that are alike by four fifths share 38 on average, and fewer than this once in 5,000.
  private static final int LEAST_SHARED = 28;
  private static final int[] FACTORS = new Random(7).ints(VALUES).map(value -> value | 1).toArray();
  private static final int[] TERMS = new Random(11).ints(VALUES).toArray();

  // Of each run the key of every text in the upper half, the text's number in the lower.
  private final LongList[] runs = new LongList[RUNS];
  // A byte of each value of each text.
  private byte[] prints = new byte[64 * VALUES];

  Sketches() {
    Arrays.setAll(runs, run -> new LongList());
  }

  /** Numbers in little room. */
  private static final class LongList {
    private long[] values = new long[64];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    long[] sorted() {
      return Arrays.stream(values, 0, size).sorted().distinct().toArray();
    }
  }

  /**
   * Adds a text.
   *
   * @param number its number, counted from 0 without a gap
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
    print(number, least);
    for (int run = 0; run < RUNS; run++) {
      long key = place * 31L + run;
      for (int i = run * RUN; i < (run + 1) * RUN; i++) {
        key = (key ^ least[i]) * 0x9E3779B97F4A7C15L;
        key ^= key >>> 29;
      }
      // Two keys that fall together by half cost one comparison more.
      runs[run].add((key << Integer.SIZE) | number);
    }
  }

  private void print(int number, int[] least) {
    int at = number * VALUES;
    if (at + VALUES > prints.length) {
      prints = Arrays.copyOf(prints, 2 * prints.length);
    }
    for (int i = 0; i < VALUES; i++) {
      prints[at + i] = (byte) least[i];
    }
  }

  private boolean isLikely(int one, int other) {
    int shared = 0;
    for (int i = 0; i < VALUES; i++) {
      if (prints[one * VALUES + i] == prints[other * VALUES + i]) {
        shared++;
      }
    }
    return shared >= LEAST_SHARED;
  }

  private static int mixed(int value) {
    int mixed = value ^ (value >>> 16);
    mixed *= 0x85EBCA6B;
    return mixed ^ (mixed >>> 13);
  }

  /** The pairs, each with the lower number in its upper half. */
  long[] pairs() {
    LongList pairs = new LongList();
    for (LongList run : runs) {
      long[] sorted = run.sorted();
      for (int i = 0; i < sorted.length; i++) {
        for (int j = Math.max(0, i - LATEST); j < i; j++) {
          if (sorted[j] >> Integer.SIZE == sorted[i] >> Integer.SIZE
              && isLikely((int) sorted[j], (int) sorted[i])) {
            pairs.add((sorted[j] << Integer.SIZE) | (int) sorted[i]);
          }
        }
      }
    }
    return pairs.sorted();
  }
}
