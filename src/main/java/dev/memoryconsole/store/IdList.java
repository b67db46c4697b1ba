package dev.memoryconsole.store;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A list of ids that takes half the memory of one of strings: about 40 bytes for a UUID. Immutable.
 */
public final class IdList extends AbstractList<String> implements RandomAccess {
  private static final int IDS_IN_BLOCK = 256;

  private final List<Block> blocks;
  private final int size;

  private static final class Block {
    private final String ids;
    private final int[] ends;

    Block(String ids, int[] ends) {
      this.ids = ids;
      this.ends = ends;
    }

    String get(int i) {
      return ids.substring(i == 0 ? 0 : ends[i - 1], ends[i]);
    }
  }

  private IdList(List<Block> blocks, int size) {
    this.blocks = blocks;
    this.size = size;
  }

  /** Takes ids one after the other. For one thread. */
  public static final class Builder {
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder ids = new StringBuilder();
    private final int[] ends = new int[IDS_IN_BLOCK];
    private int inBlock;

    /** Adds one at the end. */
    public void add(String id) {
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
      blocks.add(new Block(ids.toString(), Arrays.copyOf(ends, inBlock)));
      ids.setLength(0);
      inBlock = 0;
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
