package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.lock.figures.Series;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The record of every acquisition of one store's lock: the latest events, sums in total and by run,
 * and who waits and holds right now. Safe for use by many threads; recording takes no lock.
 *
 * <p>It can be switched off: then only the sums are kept, which the runs report.
 */
public final class LockMetrics {
  /** How many of the latest events are kept. */
  public static final int EVENTS_KEPT = 131_072;

  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_MILLI = 1_000;
  // Events come in the order of their ends, almost: those of others when they are noticed.
  private static final int OUT_OF_ORDER = 4_096;

  private final String store;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Series total = new Series();
  private final ConcurrentMap<Long, Series> byRun = new ConcurrentHashMap<>();
  private final AcquisitionRing ring;
  private final ConcurrentSkipListSet<Tracked> waiting =
      new ConcurrentSkipListSet<>(Comparator.comparingLong(one -> one.number));
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicReference<@Nullable Tracked> holder = new AtomicReference<>();
  private volatile boolean on = true;

  /** Of a store without a name, with the system's clock. */
  public LockMetrics() {
    this("", InstantSource.system());
  }

  /** Of a store without a name. */
  public LockMetrics(InstantSource clock) {
    this("", clock);
  }

  /**
   * Of one store.
   *
   * @param store its name for those who read the figures, its path
   * @param clock says since when somebody waits or holds
   */
  public LockMetrics(String store, InstantSource clock) {
    this(store, clock, System::nanoTime, EVENTS_KEPT);
  }

  LockMetrics(String store, InstantSource clock, LongSupplier nanos, int eventsKept) {
    this.store = store;
    this.clock = clock;
    this.nanos = nanos;
    this.ring = new AcquisitionRing(eventsKept);
  }

  /** The store's name. */
  public String store() {
    return store;
  }

  /** Switches the record on or off; it is on at first. */
  public void setOn(boolean recording) {
    on = recording;
  }

  /** Whether more than the sums is recorded. */
  public boolean isOn() {
    return on;
  }

  /** Says that somebody of this process asks for the lock from now on. */
  public LiveAcquisition asking(LockPurpose purpose) {
    if (!on) {
      return new Untracked(this);
    }
    Tracked asking = new Tracked(this, LockHolder.ours(purpose), purpose, nanos.getAsLong());
    waiting.add(asking);
    return asking;
  }

  /** Says that somebody else was found holding the lock just now. */
  public LiveAcquisition found(LockHolder other) {
    if (!on) {
      return new Untracked(this);
    }
    LockPurpose unknown = LockPurpose.of(LockPurpose.Kind.OTHER);
    Tracked found = new Tracked(this, other, unknown, nanos.getAsLong());
    holder.set(found);
    return found;
  }

  /** Adds an acquisition that has ended. One that timed out counts as a wait only. */
  public void record(LockAcquisition event) {
    record(event, new LockEvent());
  }

  private void record(LockAcquisition event, LockEvent flight) {
    flight.commit(store, event);
    if (!event.observed() && event.holder().isOurs()) {
      total.record(event);
      if (event.purpose().run() != 0) {
        byRun.computeIfAbsent(event.purpose().run(), run -> new Series()).record(event);
      }
    }
    if (on) {
      ring.add(event);
    }
  }

  /** The acquisitions of this process since the store was opened. */
  public LockSummary summary() {
    return total.summary();
  }

  /** The acquisitions of one run. */
  public LockSummary summaryOf(long run) {
    Series series = byRun.get(run);
    return series == null ? LockSummary.NONE : series.summary();
  }

  /** Drops the figures of a run that has ended and is kept elsewhere. */
  public void forget(long run) {
    byRun.remove(run);
  }

  /** Who waits and who holds right now. */
  public LockLive live() {
    long now = nanos.getAsLong();
    long nowMicros = LockAcquisition.microsOf(clock.instant());
    List<LockLive.Present> waiters = new ArrayList<>();
    for (Tracked one : waiting) {
      waiters.add(one.present(now, nowMicros));
    }
    Tracked held = holder.get();
    return new LockLive(
        List.copyOf(waiters),
        held == null ? Optional.empty() : Optional.of(held.present(now, nowMicros)));
  }

  /** The number the next event will have; a place to {@link #read} on from. */
  public long end() {
    return ring.end();
  }

  /**
   * Hands out the events from number {@code from} on, in the order of their numbers.
   *
   * @return the number to go on from
   */
  public long read(long from, Consumer<LockAcquisition> reader) {
    return ring.read(Math.max(from, ring.oldest()), reader).next();
  }

  /** Whether every event that ended in or after this millisecond is still kept. */
  public boolean reaches(long fromMillis) {
    long oldest = ring.oldest();
    LockAcquisition first = oldest == 0 ? null : ring.at(oldest);
    return oldest == 0 || (first != null && first.endedAtMicros() < fromMillis * MICROS_PER_MILLI);
  }

  /**
   * The kept events that were going on in a range of time, by their ends; the oldest first.
   *
   * @param fromMillis milliseconds since 1970
   * @param toMillis exclusive
   */
  public List<LockAcquisition> events(long fromMillis, long toMillis) {
    List<LockAcquisition> found = new ArrayList<>();
    long oldest = ring.oldest();
    int older = 0;
    for (long at = ring.end() - 1; at >= oldest && older < OUT_OF_ORDER; at--) {
      LockAcquisition event = ring.at(at);
      if (event == null) {
        continue;
      }
      if (event.endedAtMicros() < fromMillis * MICROS_PER_MILLI) {
        older++;
      } else {
        older = 0;
        if (event.askedAtMicros() < toMillis * MICROS_PER_MILLI) {
          found.add(event);
        }
      }
    }
    return found.reversed();
  }

  private static int @Nullable [] leave(int @Nullable [] under) {
    if (under != null) {
      UnderLock.left(under);
    }
    return null;
  }

  /** One that shows. */
  static final class Tracked implements LiveAcquisition {
    private final LockMetrics metrics;
    private final long number;
    private final LockHolder who;
    private final LockPurpose purpose;
    private final long asked;
    private final LockEvent flight = new LockEvent();
    private volatile long since;
    private @Nullable Tracked displaced;
    private int @Nullable [] under;

    Tracked(LockMetrics metrics, LockHolder who, LockPurpose purpose, long since) {
      this.metrics = metrics;
      this.number = metrics.numbers.incrementAndGet();
      this.who = who;
      this.purpose = purpose;
      this.asked = since;
      this.since = since;
      flight.begin();
    }

    @Override
    public void acquired() {
      metrics.waiting.remove(this);
      since = metrics.nanos.getAsLong();
      displaced = metrics.holder.getAndSet(this);
      under = UnderLock.entered();
    }

    @Override
    public void missed() {
      metrics.holder.compareAndSet(this, displaced);
      displaced = null;
      since = asked;
      under = leave(under);
      metrics.waiting.add(this);
    }

    @Override
    public void ended(LockAcquisition event) {
      close();
      metrics.record(event, flight);
    }

    @Override
    public void close() {
      metrics.waiting.remove(this);
      metrics.holder.compareAndSet(this, null);
      displaced = null;
      under = leave(under);
    }

    private LockLive.Present present(long now, long nowMicros) {
      long age = Math.max(0, now - since);
      return new LockLive.Present(who, purpose, nowMicros - age / NANOS_PER_MICRO, age);
    }
  }

  /** One that does not, because the record is off. */
  static final class Untracked implements LiveAcquisition {
    private final LockMetrics metrics;
    private int @Nullable [] under;

    Untracked(LockMetrics metrics) {
      this.metrics = metrics;
    }

    @Override
    public void acquired() {
      under = UnderLock.entered();
    }

    @Override
    public void missed() {
      under = leave(under);
    }

    @Override
    public void ended(LockAcquisition event) {
      close();
      metrics.record(event);
    }

    @Override
    public void close() {
      under = leave(under);
    }
  }
}
