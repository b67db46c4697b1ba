package dev.memoryconsole.memory.ids;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.UUID;

/**
 * A list of ids that takes little memory: 16 bytes for a UUID as most programs write it, and about
 * as many as it has characters for any other. Immutable.
 */
public final class IdList extends AbstractList<String> implements RandomAccess {
  private static final int IDS_IN_BLOCK = 256;
  private static final String A_UUID = "00000000-0000-0000-0000-000000000000";

  private final List<Block> blocks;
  private final int size;

  private interface Block {
    String get(int i);
  }

  /** Any ids, without anything in between. */
  private static final class Texts implements Block {
    private final String ids;
    private final int[] ends;

    Texts(String ids, int[] ends) {
      this.ids = ids;
      this.ends = ends;
    }

    @Override
    public String get(int i) {
      return ids.substring(i == 0 ? 0 : ends[i - 1], ends[i]);
    }
  }

  /** UUIDs in the form that Java gives them, as two numbers each. */
  private static final class Uuids implements Block {
    private final long[] halves;

    Uuids(long[] halves) {
      this.halves = halves;
    }

    @Override
    public String get(int i) {
      return new UUID(halves[2 * i], halves[2 * i + 1]).toString();
    }
  }

  private IdList(List<Block> blocks, int size) {
    this.blocks = blocks;
    this.size = size;
  }

  /** Returns these ids, in their order. */
  public static IdList copyOf(Iterable<String> ids) {
    if (ids instanceof IdList list) {
      return list;
    }
    Builder copy = new Builder();
    ids.forEach(copy::add);
    return copy.build();
  }

  /** Takes ids one after the other. For one thread. */
  public static final class Builder {
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder ids = new StringBuilder();
    private final int[] ends = new int[IDS_IN_BLOCK];
    private final long[] halves = new long[2 * IDS_IN_BLOCK];
    private int inBlock;
    // How many of those in the block are UUIDs, from its first on.
    private int uuids;

    /** Adds one at the end. */
    public void add(String id) {
      if (uuids == inBlock && isUuid(id)) {
        UUID uuid = UUID.fromString(id);
        halves[2 * uuids] = uuid.getMostSignificantBits();
        halves[2 * uuids + 1] = uuid.getLeastSignificantBits();
        uuids++;
      }
      ids.append(id);
      ends[inBlock++] = ids.length();
      if (inBlock == IDS_IN_BLOCK) {
        endBlock();
      }
    }

    /** Returns how many were added. */
    public int size() {
      return blocks.size() * IDS_IN_BLOCK + inBlock;
    }

    /** Returns the list. To be called once, and last. */
    public IdList build() {
      int size = size();
      if (inBlock > 0) {
        endBlock();
      }
      return new IdList(List.copyOf(blocks), size);
    }

    private void endBlock() {
      blocks.add(
          uuids == inBlock
              ? new Uuids(Arrays.copyOf(halves, 2 * uuids))
              : new Texts(ids.toString(), Arrays.copyOf(ends, inBlock)));
      ids.setLength(0);
      inBlock = 0;
      uuids = 0;
    }

    // Only what comes back as it was.
    private static boolean isUuid(String id) {
      if (id.length() != A_UUID.length()) {
        return false;
      }
      for (int i = 0; i < id.length(); i++) {
        char unit = id.charAt(i);
        boolean fits =
            A_UUID.charAt(i) == '-'
                ? unit == '-'
                : HexFormat.isHexDigit(unit) && !Character.isUpperCase(unit);
        if (!fits) {
          return false;
        }
      }
      return true;
    }
  }

  @Override
  public String get(int index) {
    Objects.checkIndex(index, size);
    return blocks.get(index / IDS_IN_BLOCK).get(index % IDS_IN_BLOCK);
  }

  @Override
  public int size() {
    return size;
  }
}
