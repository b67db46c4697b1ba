package dev.memoryconsole.mend.find;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of numbers, each of the same length, one after the other. Grows in blocks: what is in them
 * is never copied, and little room is kept for what may come. For one thread.
 */
final class Ints {
  private static final int IN_BLOCK = 1 << 15;

  private final List<int[]> blocks = new ArrayList<>();
  private final int width;
  private final int rowsInBlock;
  private int rows;

  /** Rows of this many numbers. */
  Ints(int width) {
    this.width = width;
    this.rowsInBlock = IN_BLOCK / width;
  }

  /** Adds a row at the end. */
  void add(int... row) {
    if (rows % rowsInBlock == 0) {
      blocks.add(new int[rowsInBlock * width]);
    }
    System.arraycopy(row, 0, blocks.getLast(), rows % rowsInBlock * width, width);
    rows++;
  }

  /** The number in that column of that row. */
  int get(int row, int column) {
    return blocks.get(row / rowsInBlock)[row % rowsInBlock * width + column];
  }

  int get(int row) {
    return get(row, 0);
  }

  /** How many rows there are. */
  int size() {
    return rows;
  }

  /** How much room they take. */
  long bytes() {
    return (long) blocks.size() * rowsInBlock * width * Integer.BYTES;
  }
}
