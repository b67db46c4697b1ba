package dev.memoryconsole.mend.find;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which memories have the same text. Keeps a hash of each text and the numbers of its memories,
 * about 30 bytes for each: a large store's texts together would be too much to keep. For one
 * thread.
 */
final class SameTexts {
  private static final int HASH = 4;
  private static final int NONE = 0;

  // Of each memory the hash of its text, and the one with the same text before it, counted from 1.
  private final Ints memories = new Ints(HASH + 1);
  // A hash table: the latest memory with each text, counted from 1.
  private int[] latest = new int[1 << 10];
  private int texts;

  /**
   * Adds a memory; the first is number 0. Tells whether it is the first with its text in its scope.
   */
  boolean add(String scope, String normal) {
    // Sparse enough that what is looked for is near.
    if (4L * texts >= 3L * latest.length) {
      grow();
    }
    int[] row = new int[HASH + 1];
    hash(scope, normal).asIntBuffer().get(row, 0, HASH);
    int place = place(latest, row);
    boolean first = latest[place] == NONE;
    row[HASH] = latest[place];
    memories.add(row);
    latest[place] = memories.size();
    if (first) {
      texts++;
    }
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

  private int place(int[] table, int[] hash) {
    int place = hash[0] & (table.length - 1);
    while (table[place] != NONE && !has(table[place] - 1, hash)) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  private boolean has(int memory, int[] hash) {
    for (int i = 0; i < HASH; i++) {
      if (memories.get(memory, i) != hash[i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    int[] larger = new int[2 * latest.length];
    int[] hash = new int[HASH];
    for (int memory : latest) {
      if (memory != NONE) {
        for (int i = 0; i < HASH; i++) {
          hash[i] = memories.get(memory - 1, i);
        }
        larger[place(larger, hash)] = memory;
      }
    }
    latest = larger;
  }

  /** How much room they take. */
  long bytes() {
    return memories.bytes() + (long) latest.length * Integer.BYTES;
  }

  /** The memories that share a text, in order; those whose first comes first are first. */
  List<List<Integer>> groups() {
    List<List<Integer>> groups = new ArrayList<>();
    for (int last : latest) {
      if (last != NONE && before(last) != NONE) {
        List<Integer> group = new ArrayList<>();
        for (int memory = last; memory != NONE; memory = before(memory)) {
          group.add(memory - 1);
        }
        groups.add(group.reversed());
      }
    }
    groups.sort(Comparator.comparing(List::getFirst));
    return groups;
  }

  private int before(int memory) {
    return memories.get(memory - 1, HASH);
  }
}
