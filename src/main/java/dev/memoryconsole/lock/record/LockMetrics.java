package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.lock.figures.LockTally;
import dev.memoryconsole.lock.figures.Series;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The record of every acquisition of one store's lock: the latest events, sums in total and by run,
 * and who waits and holds right now. Safe for use by many threads; recording takes no lock.
 *
 * <p>It can be switched off: then only the sums are kept, which the runs report.
 */
public final class LockMetrics implements LockLog {
  /** How many of the latest events are kept. */
  public static final int EVENTS_KEPT = 131_072;

  private static final long MICROS_PER_MILLI = 1_000;
  // Events come in the order of their ends, almost: those of others when they are noticed.
  private static final int OUT_OF_ORDER = 4_096;

  private final String store;
  private final Series total = new Series();
  private final ConcurrentMap<Long, Series> byRun = new ConcurrentHashMap<>();
  private final AcquisitionRing ring;
  private final LiveAcquisition.Board board;
  private final WaitRecord waits;
  private volatile boolean on = true;

  /** Records for a store without a name, by the system's clock. */
  public LockMetrics() {
    this("", InstantSource.system());
  }

  /** Records for a store without a name. */
  public LockMetrics(InstantSource clock) {
    this("", clock);
  }

  /**
   * Records for one store.
   *
   * @param store its name for those who read the figures, its path
   * @param clock says since when somebody waits or holds
   */
  public LockMetrics(String store, InstantSource clock) {
    this(store, clock, System::nanoTime, EVENTS_KEPT);
  }

  LockMetrics(String store, InstantSource clock, LongSupplier nanos, int eventsKept) {
    this.store = store;
    this.board = new LiveAcquisition.Board(clock, nanos, this::record);
    this.ring = new AcquisitionRing(eventsKept);
    this.waits = new WaitRecord(clock, nanos);
  }

  /** Switches the record on or off; it is on at first. */
  public void setOn(boolean recording) {
    on = recording;
  }

  @Override
  public boolean isRecording() {
    return on;
  }

  /** Says that somebody of this process asks for the lock from now on. */
  public LiveAcquisition asking(LockPurpose purpose) {
    return board.asking(purpose, on);
  }

  /** Says that somebody else was found holding the lock just now. */
  public LiveAcquisition found(LockHolder other) {
    return board.found(other, on);
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

  @Override
  public LockLive live() {
    return board.live();
  }

  /** Who was seen waiting for whom. */
  public WaitRecord waits() {
    return waits;
  }

  @Override
  public boolean tellsWaits() {
    return waits.isTold();
  }

  @Override
  public WaitRecord.Now lookForWaits() {
    return waits.look();
  }

  @Override
  public List<SeenWait> waits(long fromMillis, long toMillis, int limit) {
    List<SeenWait> found = waits.between(fromMillis, toMillis);
    found.sort(Comparator.comparingLong(SeenWait::fromMillis));
    return List.copyOf(found.subList(Math.max(0, found.size() - limit), found.size()));
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

  @Override
  public List<LockAcquisition> events(long fromMillis, long toMillis, int limit) {
    List<LockAcquisition> events = events(fromMillis, toMillis);
    return List.copyOf(events.subList(Math.max(0, events.size() - limit), events.size()));
  }

  @Override
  public LockReading reading(long fromMillis, long toMillis) {
    LockTally tally = new LockTally();
    for (LockAcquisition event : events(fromMillis, toMillis)) {
      if (event.endedAtMicros() < toMillis * MICROS_PER_MILLI) {
        tally.add(event);
      }
    }
    return new LockReading(fromMillis, toMillis, tally.figures());
  }
}
