package dev.memoryconsole.mend.find;

import java.util.Arrays;
import java.util.Random;

/**
 * Finds pairs of texts that may be nearly the same without comparing each with each: of every text
 * the least values of some hashes of its trigrams are taken (MinHash), and only texts that share a
 * run of four of them, and more than half of all, are a pair. The work grows with the number of
 * texts, not with its square. Of each value a byte is kept, which takes 52 bytes for each text; to
 * find pairs takes 8 more, for one run after the other. For one thread.
 */
final class Sketches {
  private static final int RUNS = 12;
  private static final int RUN = Integer.BYTES;
  private static final int VALUES = RUNS * RUN;
  // Groups come of pairs that follow each other, so a text need not meet all that are like it.
  private static final int LATEST = 3;
  // Texts that are alike by four fifths share 38 on average, and fewer than this once in 5,000.
  private static final int LEAST_SHARED = 28;
  private static final int[] FACTORS = new Random(7).ints(VALUES).map(value -> value | 1).toArray();
  private static final int[] TERMS = new Random(11).ints(VALUES).toArray();
  private static final int SPREAD = 0x9E3779B9;

  // Of each text its place, and of each run the last bytes of its four values.
  private final Ints texts = new Ints(1 + RUNS);

  /**
   * Adds a text; the first is number 0.
   *
   * @param place only texts of one place are compared
   */
  void add(int[] trigrams, int place) {
    int[] row = new int[1 + RUNS];
    // Spread, so that no two places differ by what two runs may differ by.
    row[0] = mixed(place * SPREAD);
    for (int i = 0; i < VALUES; i++) {
      int smallest = Integer.MAX_VALUE;
      for (int trigram : trigrams) {
        smallest = Math.min(smallest, mixed(trigram * FACTORS[i] + TERMS[i]));
      }
      int run = 1 + i / RUN;
      row[run] = (row[run] << Byte.SIZE) | (smallest & 0xFF);
    }
    texts.add(row);
  }

  private boolean isLikely(int one, int other) {
    int shared = 0;
    for (int run = 1; run <= RUNS; run++) {
      int differ = texts.get(one, run) ^ texts.get(other, run);
      for (int i = 0; i < RUN; i++) {
        shared += (differ & 0xFF) == 0 ? 1 : 0;
        differ >>>= Byte.SIZE;
      }
    }
    return shared >= LEAST_SHARED;
  }

  private static int mixed(int value) {
    int mixed = value ^ (value >>> 16);
    mixed *= 0x85EBCA6B;
    return mixed ^ (mixed >>> 13);
  }

  /** How much room the texts take. */
  long bytes() {
    return texts.bytes();
  }

  /** The pairs, each with the lower number in its upper half. */
  long[] pairs() {
    PairList pairs = new PairList();
    // Of one run the key of every text in the upper half, the text's number in the lower.
    long[] sorted = new long[texts.size()];
    for (int run = 1; run <= RUNS; run++) {
      for (int i = 0; i < sorted.length; i++) {
        // Two keys that fall together by chance cost one comparison more.
        sorted[i] = ((long) (texts.get(i, run) ^ texts.get(i, 0)) << Integer.SIZE) | i;
      }
      Arrays.sort(sorted);
      for (int i = 0; i < sorted.length; i++) {
        for (int j = Math.max(0, i - LATEST); j < i; j++) {
          if (sorted[j] >> Integer.SIZE == sorted[i] >> Integer.SIZE
              && isLikely((int) sorted[j], (int) sorted[i])) {
            pairs.add((sorted[j] << Integer.SIZE) | (int) sorted[i]);
          }
        }
      }
      pairs.once();
    }
    return pairs.values();
  }

  /** Pairs as numbers. */
  private static final class PairList {
    private long[] values = new long[64];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size + size / 2);
      }
      values[size++] = value;
    }

    /** Leaves each once, in rising order. */
    void once() {
      Arrays.sort(values, 0, size);
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (i == 0 || values[i] != values[i - 1]) {
          values[kept++] = values[i];
        }
      }
      size = kept;
    }

    long[] values() {
      return Arrays.copyOf(values, size);
    }
  }
}
