package dev.memoryconsole.upgrade.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The entries of a run that have no outcome yet. However many there are, only those are in memory
 * that are under way: the others are read when they are taken up. Thread-safe.
 */
public final class OpenEntries {
  private static final int READ_AT_ONCE = 1_000;

  private final int size;
  private final boolean fresh;
  private final Reader reader;
  private final Map<Integer, Candidate> underWay = new ConcurrentHashMap<>();
  // Guarded by this.
  private final Deque<Candidate> ahead = new ArrayDeque<>();
  private int last = -1;

  /** Reads entries that nobody has taken up. */
  public interface Reader {
    /**
     * Returns entries in the run's order; none if there are no more.
     *
     * @param position only those behind this place; negative for all
     */
    List<Candidate> after(int position, int limit);
  }

  private OpenEntries(int size, boolean fresh, Reader reader) {
    this.size = size;
    this.fresh = fresh;
    this.reader = reader;
  }

  /** The entries of a new run: these, in their order. */
  public static OpenEntries of(List<String> ids) {
    return new OpenEntries(
        ids.size(),
        true,
        (position, limit) -> {
          int from = position + 1;
          int to = (int) Math.min(ids.size(), (long) from + limit);
          List<Candidate> next = new ArrayList<>(to - from);
          for (int i = from; i < to; i++) {
            next.add(new Candidate(i, ids.get(i)));
          }
          return next;
        });
  }

  /**
   * What a run that was stopped left over.
   *
   * @param size how many the reader will find
   * @param fresh whether nothing was done yet about any of them
   */
  public static OpenEntries left(int size, boolean fresh, Reader reader) {
    return new OpenEntries(size, fresh, reader);
  }

  /** How many there were in the beginning. */
  public int size() {
    return size;
  }

  /** Whether nothing had been done about any of them in the beginning. */
  boolean isFresh() {
    return fresh;
  }

  /** Takes up the next of them, in the run's order; none if all were. Waits for the journal. */
  public synchronized List<Candidate> next(int most) {
    if (ahead.isEmpty()) {
      ahead.addAll(reader.after(last, READ_AT_ONCE));
    }
    List<Candidate> taken = new ArrayList<>(Math.min(most, ahead.size()));
    while (taken.size() < most && !ahead.isEmpty()) {
      Candidate next = ahead.removeFirst();
      last = next.position();
      underWay.put(last, next);
      taken.add(next);
    }
    return taken;
  }

  /** Lets go of one that has its outcome. */
  void over(Candidate entry) {
    underWay.remove(entry.position());
  }

  /** Those that were taken up and have no outcome yet, in the run's order. */
  List<Candidate> underWay() {
    return underWay.values().stream().sorted(Comparator.comparingInt(Candidate::position)).toList();
  }
}
