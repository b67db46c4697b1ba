package dev.memoryconsole.journal.locks;

import static dev.memoryconsole.journal.locks.LockRetention.DAY;
import static dev.memoryconsole.journal.locks.LockRetention.HOUR;
import static dev.memoryconsole.journal.locks.LockRetention.MINUTE;

import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockTally;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.record.WaitRecord;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One store's part of the history of locks: takes over what its metrics recorded, and keeps it
 * bounded. Safe for use by many threads, one at a time.
 */
final class LockHistory {
  // What a run that holds the store's lock may have to wait for: half a millisecond.
  private static final int EVENTS_PER_TRANSACTION = 100;
  private static final int FORGOTTEN_PER_TRANSACTION = 500;
  private static final int TRANSACTIONS_PER_CHECKPOINT = 500;
  private static final long MICROS_PER_MILLI = 1_000;

  private final JournalGate gate;
  private final LockHistoryWriter writer;
  private final LockHistoryReader reader;
  private final String path;
  private final LockMetrics metrics;
  private final LockRetention retention;
  private final InstantSource clock;
  // Guarded by this: what this session has put down for the latest two minutes.
  private final TreeMap<Long, Map<LockHolder, LockFigures>> minutes = new TreeMap<>();
  private LockHistoryWriter.@Nullable Session session;
  private long next;
  private int transactions;
  private long maintainedAt;
  private long waitsPutDown;

  LockHistory(
      JournalGate gate,
      LockHistoryWriter writer,
      LockHistoryReader reader,
      String path,
      LockMetrics metrics,
      LockRetention retention,
      InstantSource clock) {
    this.gate = gate;
    this.writer = writer;
    this.reader = reader;
    this.path = path;
    this.metrics = metrics;
    this.retention = retention;
    this.clock = clock;
    this.maintainedAt = clock.millis();
  }

  /** The number under which this process writes; none before the first acquisition. */
  synchronized long session() {
    return session == null ? LockHistoryWriter.NO_SESSION : session.id();
  }

  /** Takes over what is new. */
  synchronized void flush() {
    flushWaits();
    List<LockAcquisition> events = new ArrayList<>();
    next = metrics.read(next, events::add);
    if (events.isEmpty()) {
      return;
    }
    LockHistoryWriter.Session mine = begun();
    List<LockHistoryWriter.Row> rows = tally(events);
    for (int from = 0; from < events.size(); from += EVENTS_PER_TRANSACTION) {
      List<LockAcquisition> some =
          events.subList(from, Math.min(events.size(), from + EVENTS_PER_TRANSACTION));
      writing(() -> writer.add(mine, some));
    }
    writing(() -> writer.put(mine, rows));
  }

  private void flushWaits() {
    List<WaitRecord.Numbered> changed = metrics.waits().since(waitsPutDown);
    if (!changed.isEmpty()) {
      LockHistoryWriter.Session mine = begun();
      writing(() -> writer.put(mine, changed, retention.waits()));
      waitsPutDown = changed.stream().mapToLong(WaitRecord.Numbered::change).max().orElseThrow();
    }
  }

  // A process that only looks leaves no trace.
  private LockHistoryWriter.Session begun() {
    LockHistoryWriter.Session mine = session;
    if (mine == null) {
      mine = writing(() -> writer.open(path));
      session = mine;
    }
    return mine;
  }

  private <T> T writing(JournalGate.Work<T> work) {
    T result = gate.writing(work);
    transactions++;
    return result;
  }

  /** Repeats a transaction until it finds less to forget than fits into one. */
  private void forgetting(JournalGate.Work<Integer> some) {
    int forgotten;
    do {
      forgotten = writing(some);
    } while (forgotten == FORGOTTEN_PER_TRANSACTION);
  }

  /** Answers the figures that changed, of whole minutes. */
  private List<LockHistoryWriter.Row> tally(List<LockAcquisition> events) {
    Map<Long, LockTally> added = new TreeMap<>();
    for (LockAcquisition event : events) {
      long minute = Math.floorDiv(event.endedAtMicros(), MINUTE * MICROS_PER_MILLI) * MINUTE;
      // Earlier minutes are closed: what comes that late counts as of now.
      long open = minutes.isEmpty() ? minute : Math.max(minute, minutes.firstKey());
      added.computeIfAbsent(open, begin -> new LockTally()).add(event);
    }
    List<LockHistoryWriter.Row> changed = new ArrayList<>();
    added.forEach(
        (minute, tally) -> {
          Map<LockHolder, LockFigures> lanes =
              minutes.computeIfAbsent(minute, begin -> new HashMap<>());
          tally
              .figures()
              .forEach(
                  (lane, figures) ->
                      changed.add(
                          LockHistoryWriter.Row.of(
                              MINUTE,
                              minute,
                              lane,
                              lanes.merge(lane, figures, LockFigures::plus))));
        });
    while (minutes.size() > 2) {
      minutes.pollFirstEntry();
    }
    return changed;
  }

  /** Once a minute: keeps the history bounded. */
  synchronized void maintain() throws SQLException {
    long now = clock.millis();
    LockHistoryWriter.Session mine = session;
    if (mine == null || now - maintainedAt < MINUTE) {
      return;
    }
    maintainedAt = now;
    long store = mine.store();
    trimEvents(store);
    rollUp(store, MINUTE, HOUR, floor(now - retention.minutes().toMillis(), HOUR));
    rollUp(store, HOUR, DAY, floor(now - retention.hours().toMillis(), DAY));
    long tooOld = now - retention.days().toMillis();
    forgetting(() -> writer.forget(store, DAY, tooOld, FORGOTTEN_PER_TRANSACTION));
    // What is long to find is found with nothing locked.
    LockHistoryReader.Empty empty =
        reader.emptySessions(store, mine.id(), FORGOTTEN_PER_TRANSACTION);
    if (!empty.sessions().isEmpty()) {
      writing(() -> writer.forgetSessions(empty));
    }
    if (transactions >= TRANSACTIONS_PER_CHECKPOINT) {
      transactions = 0;
      reader.checkpoint();
    }
  }

  private static long floor(long millis, long span) {
    return Math.floorDiv(millis, span) * span;
  }

  private void trimEvents(long store) throws SQLException {
    long before = reader.endedMicros(store, retention.events() - 1);
    if (before > 0) {
      forgetting(() -> writer.trim(store, before, FORGOTTEN_PER_TRANSACTION));
    }
  }

  /** Adds figures of a short span up to those of a longer one, up to an instant. */
  private void rollUp(long store, long span, long longer, long beforeMillis) throws SQLException {
    Set<Long> begins =
        reader.begins(store, span, beforeMillis).stream()
            .map(at -> floor(at, longer))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (long begin : begins) {
      writing(() -> writer.rollUp(store, span, longer, begin));
    }
  }
}
