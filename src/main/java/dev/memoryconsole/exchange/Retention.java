package dev.memoryconsole.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which snapshots are kept: the newest few of each store, and of all stores together no more than a
 * number of bytes. The newest of each store is kept whatever its size, and so is what a restore
 * needs.
 *
 * @param newest how many of each store, at least 1
 * @param bytes how many bytes of all stores together
 */
public record Retention(int newest, long bytes) {
  /** What a number of gigabytes is counted in. */
  public static final long GIGABYTE = 1L << 30;

  /** 2 GiB. */
  public static final long DEFAULT_BYTES = 2 * GIGABYTE;

  /** Checks the bounds. */
  public Retention {
    if (newest < 1 || bytes < 0) {
      throw new IllegalArgumentException("at least one snapshot is kept");
    }
  }

  /**
   * What has to go, oldest first.
   *
   * @param stores the snapshots of one store in each list
   * @param keptAnyway files that don't have to go
   */
  List<Snapshot> surplus(List<List<Snapshot>> stores, Set<Path> keptAnyway) {
    List<Snapshot> surplus = new ArrayList<>();
    List<Snapshot> mayGo = new ArrayList<>();
    long kept = 0;
    for (List<Snapshot> store : stores) {
      List<Snapshot> newestFirst =
          store.stream().sorted(Comparator.comparing(Snapshot::takenAt).reversed()).toList();
      for (int i = 0; i < newestFirst.size(); i++) {
        Snapshot snapshot = newestFirst.get(i);
        boolean mayNotGo = keptAnyway.contains(snapshot.file());
        if (i >= newest && !mayNotGo) {
          surplus.add(snapshot);
        } else {
          kept += snapshot.bytes();
          if (i > 0 && !mayNotGo) {
            mayGo.add(snapshot);
          }
        }
      }
    }
    mayGo.sort(Comparator.comparing(Snapshot::takenAt));
    for (Snapshot oldest : mayGo) {
      if (kept > bytes) {
        kept -= oldest.bytes();
        surplus.add(oldest);
      }
    }
    surplus.sort(Comparator.comparing(Snapshot::takenAt));
    return surplus;
  }
}
