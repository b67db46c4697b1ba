package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryJournal;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunTakenOverException;
import dev.memoryconsole.journal.common.PendingChanges;
import dev.memoryconsole.journal.common.PendingChanges.Pending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of shared runs. Changes that many threads of this console write at the same time go
 * in one transaction: one of them writes for all that have come meanwhile. Which store is asked
 * about is not looked at: it is always the one of these tables.
 */
final class TeamEntries implements EntryJournal {
  private static final Logger LOG = LoggerFactory.getLogger(TeamEntries.class);
  private static final int APPEND_LIMIT = 512;
  // Steps of entries that wait for their batch: with that they are one write.
  private static final int KEPT_LIMIT = 8_192;

  private final TeamDatabase database;
  private final TeamParts parts;
  private final PendingChanges pending = new PendingChanges();
  // Guards the pending changes, and lets one thread at a time write them.
  private final ReentrantLock writing = new ReentrantLock();
  // Guarded by itself: outcomes that were written, by run.
  private final Map<Long, EnumMap<EntryState, Integer>> tallies = new HashMap<>();
  // Guarded by itself.
  private final List<Asked> asked = new ArrayList<>();

  TeamEntries(TeamDatabase database, TeamParts parts) {
    this.database = database;
    this.parts = parts;
  }

  /** Changes that somebody waits for. */
  private static final class Asked {
    private final long run;
    private final List<EntryChange> changes;
    private boolean done;
    private @Nullable RuntimeException failure;

    Asked(long run, List<EntryChange> changes) {
      this.run = run;
      this.changes = changes;
    }
  }

  @Override
  public void append(long run, EntryChange change) {
    if (pending.append(run, change) >= APPEND_LIMIT) {
      flush(pending.count() >= KEPT_LIMIT);
    }
  }

  @Override
  public void write(long run, List<EntryChange> changes) {
    Asked own = new Asked(run, changes);
    synchronized (asked) {
      asked.add(own);
    }
    writing.lock();
    try {
      if (!own.done) {
        List<Asked> all;
        synchronized (asked) {
          all = List.copyOf(asked);
          asked.clear();
        }
        writeFor(all);
      }
    } finally {
      writing.unlock();
    }
    if (own.failure != null) {
      throw own.failure;
    }
  }

  private void writeFor(List<Asked> all) {
    RuntimeException failure = null;
    try {
      pending.collect();
      // Of one entry only one thread writes at a time.
      List<Pending> own = new ArrayList<>();
      for (Asked one : all) {
        own.addAll(pending.with(one.run, one.changes));
      }
      List<Pending> due = pending.due(false, own);
      due.addAll(own);
      put(due, 0);
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      for (Asked one : all) {
        one.done = true;
        one.failure = failure;
      }
    }
  }

  /** Puts all that was appended into the database. */
  void flush() {
    flush(true);
  }

  private void flush(boolean all) {
    writing.lock();
    try {
      pending.collect();
      put(pending.due(all, List.of()), 0);
    } finally {
      writing.unlock();
    }
  }

  /** All or nothing; if it fails, the appended stays and the caller's own is its to repeat. */
  private void put(List<Pending> changes, int again) {
    if (changes.isEmpty()) {
      return;
    }
    try {
      boolean unused =
          database.write(
              (connection, statements) -> {
                TeamEntryWriter.change(connection, changes, parts::own, again);
                return true;
              });
    } catch (RunTakenOverException e) {
      changes.stream().map(Pending::run).distinct().forEach(pending::forget);
      throw e;
    }
    pending.written(changes);
    if (again == 0) {
      changes.forEach(this::tally);
    }
  }

  private void tally(Pending written) {
    EntryState state = written.change().state();
    if (state.isOutcome()) {
      synchronized (tallies) {
        tallies
            .computeIfAbsent(written.run(), _ -> new EnumMap<>(EntryState.class))
            .merge(state, 1, Integer::sum);
      }
    }
  }

  /** How many outcomes this console's part in a run has written so far. */
  Map<EntryState, Integer> tally(long run) {
    synchronized (tallies) {
      return Map.copyOf(tallies.getOrDefault(run, new EnumMap<>(EntryState.class)));
    }
  }

  /** Begins to count anew: the part is over. */
  void forgetTally(long run) {
    synchronized (tallies) {
      tallies.remove(run);
    }
  }

  @Override
  public void confirm(long run, List<EntryChange> changes) {
    if (!changes.isEmpty()) {
      write(run, changes);
    }
    boolean held = database.read(false, (connection, statements) -> parts.isHeld(statements, run));
    if (!held) {
      throw new RunTakenOverException(run);
    }
  }

  @Override
  public void confirmAgain(long run, List<EntryChange> changes) {
    writing.lock();
    try {
      pending.collect();
      put(pending.with(run, changes), 1);
    } finally {
      writing.unlock();
    }
  }

  private <T> T reading(T nothing, TeamDatabase.Work<T> work) {
    try {
      flush();
    } catch (RunTakenOverException e) {
      // What was left of a part that is over is forgotten: others tell of these entries now.
      LOG.info("What was to be written of a run is another's to write", e);
    }
    return database.read(nothing, work);
  }

  @Override
  public int count(long run, Set<EntryState> states) {
    return reading(0, (connection, _) -> TeamEntryReader.count(connection, run, states));
  }

  @Override
  public List<EntryProgress> left(long run, int afterPosition, int limit) {
    return reading(
        List.of(),
        (_, statements) ->
            TeamEntryReader.left(statements, run, parts.own(run), afterPosition, limit));
  }

  @Override
  public List<EntryProgress> kept(long run, Collection<String> ids) {
    return reading(List.of(), (connection, _) -> TeamEntryReader.kept(connection, run, ids));
  }

  @Override
  public List<EntryProgress> planned(long run, int from, int to) {
    return reading(
        List.of(), (_, statements) -> TeamEntryReader.planned(statements, run, from, to));
  }

  @Override
  public List<EntryProgress> written(String store, long run, int afterPosition, int limit) {
    return reading(
        List.of(),
        (_, statements) ->
            TeamEntryReader.written(statements, database.store(), run, afterPosition, limit));
  }

  @Override
  public List<EntryProgress> undone(String store, long run, int afterPosition, int limit) {
    return reading(
        List.of(),
        (_, statements) ->
            TeamEntryReader.undone(statements, database.store(), run, afterPosition, limit));
  }

  @Override
  public List<String> writtenIds(long run) {
    return reading(List.of(), (_, statements) -> TeamEntryReader.writtenIds(statements, run));
  }

  @Override
  public List<EntryProgress> leftOver(String store, long run, int afterPosition, int limit) {
    return reading(
        List.of(),
        (_, statements) ->
            TeamEntryReader.leftOver(statements, database.store(), run, afterPosition, limit));
  }

  @Override
  public List<String> retryableIds(String store, long run) {
    return reading(
        List.of(),
        (_, statements) -> TeamEntryReader.retryableIds(statements, database.store(), run));
  }

  @Override
  public Set<String> failedIds(String store) {
    return new HashSet<>(
        reading(
            List.<String>of(),
            (_, statements) -> TeamEntryReader.failedIds(statements, database.store())));
  }

  @Override
  public List<EntryRecord> list(long run, Set<EntryState> states, int offset, int limit) {
    return reading(
        List.of(), (connection, _) -> TeamEntryReader.list(connection, run, states, offset, limit));
  }

  @Override
  public List<EntryRecord> at(long run, List<Integer> positions) {
    return reading(List.of(), (connection, _) -> TeamEntryReader.at(connection, run, positions));
  }

  @Override
  public List<EntryRecord> finished(long run, long fromMillis, long toMillis) {
    return reading(
        List.of(),
        (_, statements) -> TeamEntryReader.finished(statements, run, fromMillis, toMillis));
  }

  @Override
  public List<EntryRecord> history(String store, String id) {
    return reading(
        List.of(), (_, statements) -> TeamEntryReader.history(statements, database.store(), id));
  }
}
