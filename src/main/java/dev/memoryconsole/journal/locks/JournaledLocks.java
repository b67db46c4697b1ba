package dev.memoryconsole.journal.locks;

import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.figures.LockTally;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.record.WaitRecord;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this process recorded since it opened the store, and what the journal has from before and
 * from other consoles. Safe for use by many threads.
 */
final class JournaledLocks implements LockLog {
  private static final long MICROS_PER_MILLI = 1_000;

  private final String path;
  private final LockMetrics metrics;
  private final @Nullable LockHistory own;
  private final LockHistoryReader reader;
  private final InstantSource clock;
  // Guarded by this: the single acquisitions of other sessions, as far as they were read.
  private List<LockAcquisition> others = new ArrayList<>();
  private long lastRead;
  private long store;
  private long trimmedMicros;
  private volatile Set<Long> consoles = Set.of();

  /**
   * Knows the lock of one store.
   *
   * @param own what writes these metrics down; null for nobody
   */
  JournaledLocks(
      String path,
      LockMetrics metrics,
      @Nullable LockHistory own,
      LockHistoryReader reader,
      InstantSource clock) {
    this.path = path;
    this.metrics = metrics;
    this.own = own;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public boolean isRecording() {
    return metrics.isRecording();
  }

  @Override
  public LockLive live() {
    LockLive live = metrics.live();
    return live.holder().isPresent()
        ? new LockLive(live.waiting(), live.holder().map(this::told))
        : live;
  }

  @Override
  public boolean tellsWaits() {
    return metrics.tellsWaits();
  }

  @Override
  public WaitRecord.Now lookForWaits() {
    return metrics.lookForWaits();
  }

  @Override
  public List<SeenWait> waits(long fromMillis, long toMillis, int limit) {
    try {
      long number = reader.store(path);
      List<SeenWait> all = new ArrayList<>(metrics.waits().between(fromMillis, toMillis));
      all.addAll(reader.waits(number, fromMillis, toMillis, 2 * limit));
      return WaitHistory.merged(all, limit);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Another console, if it is one. */
  private LockLive.Present told(LockLive.Present present) {
    return present.who() instanceof LockHolder.Foreign foreign && consoles.contains(foreign.pid())
        ? new LockLive.Present(
            new LockHolder.OtherConsole(foreign.pid()),
            present.purpose(),
            present.sinceMicros(),
            present.forNanos())
        : present;
  }

  @Override
  public synchronized LockReading reading(long fromMillis, long toMillis) {
    try {
      refresh();
      boolean oneByOne =
          metrics.reaches(fromMillis) && trimmedMicros <= fromMillis * MICROS_PER_MILLI;
      return oneByOne ? tally(fromMillis, toMillis) : figures(fromMillis, toMillis);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public synchronized List<LockAcquisition> events(long fromMillis, long toMillis, int limit) {
    try {
      refresh();
      List<LockAcquisition> all = all(fromMillis, toMillis);
      return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static JournalException unreadable(SQLException e) {
    return new JournalException(JournalCode.LOCK_HISTORY_UNREADABLE.with(), e);
  }

  /** Reads what other sessions have written since the last time. */
  private void refresh() throws SQLException {
    if (store == 0) {
      store = reader.store(path);
    }
    trimmedMicros = reader.trimmedMicros(store);
    consoles = reader.consoles(store);
    long session = own == null ? LockHistoryWriter.NO_SESSION : own.session();
    for (LockHistoryReader.Numbered next : reader.events(store, session, lastRead)) {
      others.add(next.event());
      lastRead = next.id();
    }
    if (others.size() > LockMetrics.EVENTS_KEPT) {
      others =
          new ArrayList<>(
              others.stream().filter(event -> event.endedAtMicros() >= trimmedMicros).toList());
    }
  }

  private List<LockAcquisition> all(long fromMillis, long toMillis) {
    List<LockAcquisition> all = new ArrayList<>(metrics.events(fromMillis, toMillis));
    all.removeIf(this::isTold);
    for (LockAcquisition event : others) {
      if (event.endedAtMicros() >= fromMillis * MICROS_PER_MILLI
          && event.askedAtMicros() < toMillis * MICROS_PER_MILLI
          && !isTold(event)) {
        all.add(event);
      }
    }
    all.sort(Comparator.comparingLong(LockAcquisition::endedAtMicros));
    return all;
  }

  /** What was seen of another console's hold is not counted twice: it tells its holds itself. */
  private boolean isTold(LockAcquisition event) {
    return event.observed()
        && event.holder() instanceof LockHolder.Foreign foreign
        && consoles.contains(foreign.pid());
  }

  private LockReading tally(long fromMillis, long toMillis) {
    LockTally tally = new LockTally();
    for (LockAcquisition event : all(fromMillis, toMillis)) {
      if (event.endedAtMicros() < toMillis * MICROS_PER_MILLI) {
        tally.add(event);
      }
    }
    return new LockReading(fromMillis, toMillis, tally.figures());
  }

  /** Figures of whole minutes, hours or days: the range grows to their bounds. */
  private LockReading figures(long fromMillis, long toMillis) throws SQLException {
    if (own != null) {
      own.flush();
    }
    long from = fromMillis;
    long to = toMillis;
    Map<LockHolder, LockFigures> lanes = new HashMap<>();
    for (LockHistoryReader.Figures one :
        reader.figures(store, LockHistoryWriter.NO_SESSION, fromMillis, toMillis)) {
      from = Math.min(from, one.atMillis());
      to = Math.max(to, Math.min(clock.millis(), one.atMillis() + one.spanMillis()));
      LockHolder holder = LockLane.holder(one.lane(), one.pid(), 0);
      if (!(holder instanceof LockHolder.Foreign foreign && consoles.contains(foreign.pid()))) {
        lanes.merge(holder, one.figures(), LockFigures::plus);
      }
    }
    return new LockReading(from, to, lanes);
  }
}
