package dev.memoryconsole.upgrade.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * The entries of a run that have no outcome yet. However many there are, only those are in memory
 * that are under way: the others are read when they are taken up. Thread-safe.
 */
public final class OpenEntries {
  private static final int READ_AT_ONCE = 1_000;

  private final boolean shared;
  private final boolean fresh;
  private final Reader reader;
  private final BooleanSupplier noMore;
  private final Map<Integer, Candidate> underWay = new ConcurrentHashMap<>();
  // Guarded by this.
  private final Deque<Candidate> ahead = new ArrayDeque<>();
  private int last = -1;
  private boolean ended;
  private volatile int size;
  private volatile boolean known;

  /** Reads entries that nobody has taken up. */
  public interface Reader {
    /**
     * Returns entries in the run's order; none if there are no more.
     *
     * @param position only those behind this place; negative for all
     */
    List<Candidate> after(int position, int limit);
  }

  private OpenEntries(
      int size, boolean fresh, boolean shared, Reader reader, BooleanSupplier noMore) {
    this.size = size;
    this.fresh = fresh;
    this.shared = shared;
    this.known = !shared;
    this.reader = reader;
    this.noMore = noMore;
  }

  /** The entries of a new run: these, in their order. */
  public static OpenEntries of(List<String> ids) {
    return new OpenEntries(
        ids.size(),
        true,
        false,
        (position, limit) -> {
          int from = position + 1;
          int to = (int) Math.min(ids.size(), (long) from + limit);
          List<Candidate> next = new ArrayList<>(to - from);
          for (int i = from; i < to; i++) {
            next.add(new Candidate(i, ids.get(i)));
          }
          return next;
        },
        () -> true);
  }

  /**
   * What a run that was stopped left over.
   *
   * @param size how many the reader will find
   * @param fresh whether nothing was done yet about any of them
   */
  public static OpenEntries left(int size, boolean fresh, Reader reader) {
    return new OpenEntries(size, fresh, false, reader, () -> true);
  }

  /**
   * Those that a run which others work on too lets this one have.
   *
   * @param taker takes at most so many
   * @param atOnce how many to take at once: what is taken and not begun others could do
   * @param noMore whether there will be none to have any more, where there was none now
   */
  public static OpenEntries shared(
      IntFunction<List<Candidate>> taker, int atOnce, BooleanSupplier noMore) {
    return new OpenEntries(
        0, false, true, (_, most) -> taker.apply(Math.min(most, atOnce)), noMore);
  }

  /** How many there were in the beginning, or were taken so far. */
  public int size() {
    return size;
  }

  /** Whether nobody can say yet that there will be no more of them. */
  public boolean mayGrow() {
    return !known;
  }

  /** Whether others work on the same run. */
  public boolean isShared() {
    return shared;
  }

  /** Whether nothing had been done about any of them in the beginning. */
  boolean isFresh() {
    return fresh;
  }

  /**
   * Takes up the next of them, in the run's order; none if all were, or while others have the rest
   * and {@link #mayGrow} says so. Waits for the journal.
   */
  public synchronized List<Candidate> next(int most) {
    if (ahead.isEmpty() && !ended) {
      List<Candidate> more = reader.after(last, READ_AT_ONCE);
      ahead.addAll(more);
      ended = more.isEmpty() && noMore.getAsBoolean();
      if (shared) {
        // In this order: who asks meanwhile must not take it for the end.
        size += more.size();
        known = ended;
      }
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
