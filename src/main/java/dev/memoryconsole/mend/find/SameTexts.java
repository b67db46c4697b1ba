package dev.memoryconsole.mend.find;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which memories have the same text. Keeps a hash of each text and the numbers of its memories,
 * about 50 bytes for each: a large store's texts together would be too much to keep. For one
 * thread.
 */
final class SameTexts {
  private static final int NONE = -1;

  // Places of a hash table: the two halves of a hash, the first memory and the latest.
  private long[] ones = new long[1 << 10];
  private long[] twos = new long[ones.length];
  private int[] firsts = empty(ones.length);
  private int[] latest = new int[ones.length];
  // Of each memory the next one with the same text.
  private int[] next = empty(ones.length);
  private int texts;

  private static int[] empty(int size) {
    int[] none = new int[size];
    Arrays.fill(none, NONE);
    return none;
  }

  /**
   * Adds a memory; tells whether it is the first with its text in its scope.
   *
   * @param memory its number, larger than all before
   */
  boolean add(int memory, String scope, String normal) {
    if (memory >= next.length) {
      int before = next.length;
      next = Arrays.copyOf(next, Math.max(memory + 1, before + before / 2));
      Arrays.fill(next, before, next.length, NONE);
    }
    if (2 * texts >= firsts.length) {
      grow();
    }
    ByteBuffer hash = hash(scope, normal);
    long one = hash.getLong();
    long two = hash.getLong();
    int place = place(one, two);
    boolean first = firsts[place] == NONE;
    if (first) {
      ones[place] = one;
      twos[place] = two;
      firsts[place] = memory;
      texts++;
    } else {
      next[latest[place]] = memory;
    }
    latest[place] = memory;
    return first;
  }

  private static ByteBuffer hash(String scope, String normal) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256")
              .digest((scope + '\n' + normal).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private int place(long one, long two) {
    int place = (int) one & (firsts.length - 1);
    while (firsts[place] != NONE && (ones[place] != one || twos[place] != two)) {
      place = (place + 1) & (firsts.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] oldOnes = ones;
    long[] oldTwos = twos;
    int[] oldFirsts = firsts;
    int[] oldLatest = latest;
    ones = new long[2 * oldOnes.length];
    twos = new long[ones.length];
    firsts = empty(ones.length);
    latest = new int[ones.length];
    for (int i = 0; i < oldFirsts.length; i++) {
      if (oldFirsts[i] != NONE) {
        int place = place(oldOnes[i], oldTwos[i]);
        ones[place] = oldOnes[i];
        twos[place] = oldTwos[i];
        firsts[place] = oldFirsts[i];
        latest[place] = oldLatest[i];
      }
    }
  }

  /** The memories that share a text, in order; those whose first comes first are first. */
  List<List<Integer>> groups() {
    List<List<Integer>> groups = new ArrayList<>();
    for (int first : firsts) {
      if (first != NONE && next[first] != NONE) {
        List<Integer> group = new ArrayList<>();
        for (int memory = first; memory != NONE; memory = next[memory]) {
          group.add(memory);
        }
        groups.add(group);
      }
    }
    groups.sort(Comparator.comparing(List::getFirst));
    return groups;
  }
}
