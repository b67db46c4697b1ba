package dev.memoryconsole.journal.common;

import dev.memoryconsole.journal.EntryChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Changes on their way to the disk. Those of one entry become one: what is written of an entry is
 * always all that is known of it.
 *
 * <p>{@link #append} and {@link #count} may be called by many threads, the rest under the journal's
 * writing lock.
 */
public final class PendingChanges {
  /** A change of one run's entry. */
  public record Pending(long run, EntryChange change) {
    private Key key() {
      return new Key(run, change.position());
    }
  }

  private record Key(long run, int position) {}

  private final ConcurrentLinkedQueue<Pending> appended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger uncollected = new AtomicInteger();
  private final Map<Key, Pending> unwritten = new LinkedHashMap<>();

  /** Answers how many were appended since they were taken up last. */
  public int append(long run, EntryChange change) {
    appended.add(new Pending(run, change));
    count.incrementAndGet();
    return uncollected.incrementAndGet();
  }

  /** How many there are. */
  public int count() {
    return count.get();
  }

  /** Takes up what was appended so far. */
  public void collect() {
    for (Pending next = appended.poll(); next != null; next = appended.poll()) {
      uncollected.decrementAndGet();
      if (unwritten.put(next.key(), folded(next)) != null) {
        count.decrementAndGet();
      }
    }
  }

  private Pending folded(Pending next) {
    Pending before = unwritten.get(next.key());
    return before == null ? next : new Pending(next.run(), before.change().then(next.change()));
  }

  /** These changes, each with what was collected of its entry. */
  public List<Pending> with(long run, List<EntryChange> changes) {
    Map<Key, Pending> own = new LinkedHashMap<>();
    for (EntryChange change : changes) {
      Pending next = new Pending(run, change);
      own.merge(next.key(), folded(next), (one, _) -> new Pending(run, one.change().then(change)));
    }
    return List.copyOf(own.values());
  }

  /**
   * What was collected and must not wait: the outcomes; what else there is may be made again at no
   * cost, and will often be one with the entry's next change.
   *
   * @param all whatever was collected
   * @param but entries that are written anyway
   */
  public List<Pending> due(boolean all, List<Pending> but) {
    Map<Key, Pending> due = new LinkedHashMap<>();
    unwritten.forEach(
        (key, pending) -> {
          if (all || pending.change().state().isOutcome()) {
            due.put(key, pending);
          }
        });
    but.forEach(other -> due.remove(other.key()));
    return new ArrayList<>(due.values());
  }

  /** These are on disk. */
  public void written(List<Pending> changes) {
    for (Pending change : changes) {
      if (unwritten.remove(change.key()) != null) {
        count.decrementAndGet();
      }
    }
  }

  /** Nothing of this run is to be written any more. */
  public void forget(long run) {
    collect();
    written(unwritten.values().stream().filter(change -> change.run() == run).toList());
  }
}
