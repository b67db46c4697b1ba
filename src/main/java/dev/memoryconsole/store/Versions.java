package dev.memoryconsole.store;

import java.util.List;

/**
 * The versions of all memories of a store at one moment, in a few bytes each, to be compared with
 * those of a later moment. Immutable.
 */
public final class Versions {
  private static final String BETWEEN = ",";

  private final List<String> blocks;

  /**
   * Holds versions.
   *
   * @param blocks the versions of some memories each, in digits, with commas in between; an empty
   *     one for a memory that is gone. A memory stays in its place, and new ones come behind all
   *     others
   */
  public Versions(List<String> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /**
   * What was written between two moments.
   *
   * @param added memories that were not there
   * @param changed memories that were there, and were written since
   * @param gone memories that are no longer there
   */
  public record Difference(long added, long changed, long gone) {
    private Difference plus(Difference other) {
      return new Difference(added + other.added, changed + other.changed, gone + other.gone);
    }
  }

  /** What was written since an earlier moment. */
  public Difference since(Versions before) {
    Difference all = new Difference(0, 0, 0);
    for (int i = 0; i < Math.max(blocks.size(), before.blocks.size()); i++) {
      String then = i < before.blocks.size() ? before.blocks.get(i) : "";
      String now = i < blocks.size() ? blocks.get(i) : "";
      if (!now.equals(then)) {
        all = all.plus(between(then.split(BETWEEN, -1), now.split(BETWEEN, -1)));
      }
    }
    return all;
  }

  private static Difference between(String[] then, String[] now) {
    long added = 0;
    long changed = 0;
    long gone = 0;
    for (int i = 0; i < Math.max(then.length, now.length); i++) {
      String was = i < then.length ? then[i] : "";
      String is = i < now.length ? now[i] : "";
      if (!is.equals(was)) {
        added += was.isEmpty() ? 1 : 0;
        gone += is.isEmpty() ? 1 : 0;
        changed += was.isEmpty() || is.isEmpty() ? 0 : 1;
      }
    }
    return new Difference(added, changed, gone);
  }
}
