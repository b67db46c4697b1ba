package dev.memoryconsole.memory.ids;

import java.util.AbstractSet;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A set of ids that takes little memory: what an {@link IdList} takes, and 8 to 16 bytes for each
 * to find it by. Keeps the order in which they came first. Immutable.
 */
public final class IdSet extends AbstractSet<String> {
  // Spreads over the whole table what String.hashCode leaves close together.
  private static final int SPREAD = 0x9E3779B9;

  private final IdList ids;
  // Places in the list, counted from 1; 0 where there is none.
  private final int[] table;
  private final int shift;
  private final boolean repeats;

  private IdSet(IdList ids) {
    this.ids = ids;
    this.table = new int[Integer.highestOneBit(Math.max(1, ids.size())) << 2];
    this.shift = Integer.numberOfLeadingZeros(table.length - 1);
    boolean twice = false;
    for (int i = 0; i < ids.size(); i++) {
      int slot = slot(ids.get(i));
      twice |= table[slot] != 0;
      table[slot] = table[slot] == 0 ? i + 1 : table[slot];
    }
    this.repeats = twice;
  }

  /** Returns these ids, each once. */
  public static IdSet copyOf(Iterable<String> ids) {
    if (ids instanceof IdSet set) {
      return set;
    }
    IdSet all = new IdSet(IdList.copyOf(ids));
    if (!all.repeats) {
      return all;
    }
    IdList.Builder once = new IdList.Builder();
    for (int i = 0; i < all.ids.size(); i++) {
      String id = all.ids.get(i);
      if (all.table[all.slot(id)] == i + 1) {
        once.add(id);
      }
    }
    return new IdSet(once.build());
  }

  /** Where it is, or where it would be. */
  private int slot(String id) {
    int slot = (id.hashCode() * SPREAD) >>> shift;
    while (table[slot] != 0 && !ids.get(table[slot] - 1).equals(id)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  /** Returns them in the order in which they came first. */
  public IdList list() {
    return ids;
  }

  @Override
  public boolean contains(@Nullable Object id) {
    return id instanceof String wanted && table[slot(wanted)] != 0;
  }

  @Override
  public Iterator<String> iterator() {
    return ids.iterator();
  }

  @Override
  public int size() {
    return ids.size();
  }
}
