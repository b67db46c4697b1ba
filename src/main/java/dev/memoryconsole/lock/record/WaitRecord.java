package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.LockWaits;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.TellsWaits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The record of who was seen waiting for whom on a store whose server tells. A wait that is over
 * between two looks is not seen. Safe for use by many threads; only a look asks the server.
 */
public final class WaitRecord {
  /** How many of the latest waits are kept. */
  static final int KEPT = 1_000;

  // Who looks as well within that time sees the same.
  private static final long JUST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /**
   * Who waits right now.
   *
   * @param waiting who waits, the longest first
   * @param hiddenFrom as {@link LockWaits#hiddenFrom}
   */
  public record Now(List<SeenWait> waiting, String hiddenFrom) {
    /** Nobody waits. */
    public static final Now NOBODY = new Now(List.of(), "");
  }

  /**
   * A wait and its place in this record.
   *
   * @param number its own, from 1 on
   * @param change rises with every change of any
   */
  public record Numbered(long number, long change, SeenWait seen) {}

  private record Pair(int waiter, int holder) {
    static Pair of(LockWait wait) {
      return new Pair(wait.waiter().process(), wait.holder().process());
    }
  }

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Object asking = new Object();
  // Guarded by asking.
  private long askedAt;
  private boolean asked;
  // Guarded by this.
  private final Deque<Numbered> over = new ArrayDeque<>();
  private Map<Pair, Numbered> going = new HashMap<>();
  private Now latest = Now.NOBODY;
  private long numbers;
  private long changes;
  private volatile @Nullable TellsWaits source;

  WaitRecord(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Says who is to be asked. */
  public void ask(TellsWaits server) {
    source = server;
  }

  /** Whether there is somebody to ask. */
  public boolean isTold() {
    return source != null;
  }

  /** Looks who waits right now, unless somebody has just done so. Asks the server. */
  public Now look() {
    TellsWaits server = source;
    if (server == null) {
      return Now.NOBODY;
    }
    synchronized (asking) {
      if (!asked || nanos.getAsLong() - askedAt >= JUST_NANOS) {
        LockWaits found = server.waits();
        add(found, clock.millis());
        asked = true;
        askedAt = nanos.getAsLong();
      }
    }
    synchronized (this) {
      return latest;
    }
  }

  private synchronized void add(LockWaits found, long now) {
    Map<Pair, Numbered> next = new HashMap<>();
    List<SeenWait> waiting = new ArrayList<>();
    for (LockWait wait : found.all()) {
      Pair pair = Pair.of(wait);
      Numbered before = ofTheSameWait(going.get(pair), wait, now);
      SeenWait seen = new SeenWait(wait, since(wait, before, now), now);
      long number = before == null ? ++numbers : before.number();
      if (next.putIfAbsent(pair, new Numbered(number, ++changes, seen)) == null) {
        waiting.add(seen);
        if (before != null) {
          going.remove(pair);
        }
      }
    }
    over.addAll(going.values());
    while (over.size() > KEPT) {
      over.removeFirst();
    }
    going = next;
    latest = new Now(List.copyOf(waiting), found.hiddenFrom());
  }

  /** Null if the wait that was seen was over, and this is the next of the same two. */
  private static @Nullable Numbered ofTheSameWait(
      @Nullable Numbered before, LockWait wait, long now) {
    Duration waited = wait.waited();
    boolean other =
        before != null && waited != null && now - waited.toMillis() > before.seen().seenMillis();
    return other ? null : before;
  }

  private static long since(LockWait wait, @Nullable Numbered before, long now) {
    if (before != null) {
      return before.seen().fromMillis();
    }
    Duration waited = wait.waited();
    return waited == null ? now : now - waited.toMillis();
  }

  /**
   * Waits that were seen in a range of time, in no order.
   *
   * @param fromMillis milliseconds since 1970
   * @param toMillis exclusive
   */
  public synchronized List<SeenWait> between(long fromMillis, long toMillis) {
    List<SeenWait> found = new ArrayList<>();
    for (Numbered each : all()) {
      SeenWait wait = each.seen();
      if (wait.seenMillis() >= fromMillis && wait.fromMillis() < toMillis) {
        found.add(wait);
      }
    }
    return found;
  }

  /** What is new or has changed since a change. */
  public synchronized List<Numbered> since(long change) {
    return all().stream().filter(each -> each.change() > change).toList();
  }

  private List<Numbered> all() {
    List<Numbered> all = new ArrayList<>(over);
    all.addAll(going.values());
    return all;
  }
}
