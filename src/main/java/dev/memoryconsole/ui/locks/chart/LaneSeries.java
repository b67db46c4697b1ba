package dev.memoryconsole.ui.locks.chart;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The acquisitions of one lane by the time they were acquired, in flat arrays, so that a frame over
 * 100,000 of them reads memory in order and makes no objects. User interface's thread only.
 */
final class LaneSeries {
  private static final int FIRST_CAPACITY = 256;

  private LaneAcquisition[] holds = new LaneAcquisition[FIRST_CAPACITY];
  private long[] acquired = new long[FIRST_CAPACITY];
  private long[] released = new long[FIRST_CAPACITY];
  private long[] asked = new long[FIRST_CAPACITY];
  // The latest release up to here: what ends before it begins to matter can be found by halving.
  private long[] reach = new long[FIRST_CAPACITY];
  private long longestWait;
  private int size;

  int size() {
    return size;
  }

  LaneAcquisition at(int index) {
    return holds[index];
  }

  long acquired(int index) {
    return acquired[index];
  }

  long released(int index) {
    return released[index];
  }

  long asked(int index) {
    return asked[index];
  }

  /** Adds one; quick if it is the latest or nearly so. */
  void add(LaneAcquisition hold) {
    if (size == holds.length) {
      grow();
    }
    int place = size++;
    while (place > 0 && acquired[place - 1] > hold.acquired()) {
      set(place, holds[place - 1]);
      place--;
    }
    set(place, hold);
    for (int i = place; i < size; i++) {
      reach[i] = i == 0 ? released[i] : Math.max(reach[i - 1], released[i]);
    }
    longestWait = Math.max(longestWait, hold.waited());
  }

  /** Forgets the earliest. */
  void dropFirst(int count) {
    int left = size - count;
    System.arraycopy(holds, count, holds, 0, left);
    System.arraycopy(acquired, count, acquired, 0, left);
    System.arraycopy(released, count, released, 0, left);
    System.arraycopy(asked, count, asked, 0, left);
    System.arraycopy(reach, count, reach, 0, left);
    Arrays.fill(holds, left, size, null);
    size = left;
  }

  void clear() {
    Arrays.fill(holds, 0, size, null);
    size = 0;
    longestWait = 0;
  }

  /** The first that may reach into what begins at {@code from}. */
  int firstReaching(long from) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (reach[middle] < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** One past the last that may have waited or held before {@code to}. */
  int endOfThoseBefore(long to) {
    return firstAcquiredAfter(to + longestWait);
  }

  /** The first acquired after {@code time}; {@link #size} if there is none. */
  int firstAcquiredAfter(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (acquired[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * What is at a moment: what held then, else what waited then, else the nearest within {@code
   * reachable}; of several the longest.
   */
  @Nullable LaneAcquisition near(long time, long reachable) {
    LaneAcquisition best = null;
    long bestDistance = Long.MAX_VALUE;
    int end = endOfThoseBefore(time + reachable);
    for (int i = firstReaching(time - reachable); i < end; i++) {
      long distance = distance(i, time);
      if (distance <= reachable
          && (best == null
              || distance < bestDistance
              || (distance == bestDistance && length(i) > best.released() - best.asked()))) {
        best = holds[i];
        bestDistance = distance;
      }
    }
    return best;
  }

  private long length(int index) {
    return released[index] - asked[index];
  }

  private long distance(int index, long time) {
    if (time >= acquired[index] && time <= released[index]) {
      return 0;
    }
    // A wait is looked at second: the hold before it may be another one's.
    if (time >= asked[index] && time < acquired[index]) {
      return 1;
    }
    return time < asked[index] ? asked[index] - time : time - released[index];
  }

  private void set(int place, LaneAcquisition hold) {
    holds[place] = hold;
    acquired[place] = hold.acquired();
    released[place] = hold.released();
    asked[place] = hold.asked();
  }

  private void grow() {
    int capacity = holds.length * 2;
    holds = Arrays.copyOf(holds, capacity);
    acquired = Arrays.copyOf(acquired, capacity);
    released = Arrays.copyOf(released, capacity);
    asked = Arrays.copyOf(asked, capacity);
    reach = Arrays.copyOf(reach, capacity);
  }
}
