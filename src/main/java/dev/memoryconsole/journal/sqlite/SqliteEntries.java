package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryJournal;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunTakenOverException;
import dev.memoryconsole.journal.common.PendingChanges;
import dev.memoryconsole.journal.database.JournalCheckpoints;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.JournalTransactions.Safety;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.RunClaims;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entries of one journal, and their changes on the way to the disk. */
final class SqliteEntries implements EntryJournal {
  private static final int APPEND_LIMIT = 512;
  // Steps of entries that wait for their batch: with that they are one write.
  private static final int KEPT_LIMIT = 8_192;

  private final JournalGate gate;
  private final PendingChanges pending = new PendingChanges();
  private final EntryReader reader;
  private final EntryWriter writer;
  private final JournalCheckpoints checkpoints;
  private final RunClaims claims;
  private final Statements asking;

  /**
   * Reads and writes inside a gate.
   *
   * @param asking for who holds a store's lock: must not wait for those who read much
   */
  SqliteEntries(
      JournalGate gate,
      EntryReader reader,
      EntryWriter writer,
      JournalCheckpoints checkpoints,
      RunClaims claims,
      Statements asking) {
    this.gate = gate;
    this.reader = reader;
    this.writer = writer;
    this.checkpoints = checkpoints;
    this.claims = claims;
    this.asking = asking;
  }

  @Override
  public void append(long run, EntryChange change) {
    if (pending.append(run, change) >= APPEND_LIMIT) {
      flush(pending.count() >= KEPT_LIMIT);
    }
  }

  @Override
  public void write(long run, List<EntryChange> changes) {
    gate.writing(
        () -> {
          pending.collect();
          List<PendingChanges.Pending> own = pending.with(run, changes);
          List<PendingChanges.Pending> all = pending.due(false, own);
          all.addAll(own);
          Safety safety = changes.isEmpty() ? Safety.LATER : Safety.SYNCED;
          put(run, all, safety, JournalTransactions.PATIENCE);
          checkpoints.afterWrite(writer::checkpoint);
          return all;
        });
  }

  /** Puts all that was appended on disk. */
  void flush() {
    flush(true);
  }

  private void flush(boolean all) {
    if (pending.count() > 0) {
      gate.writing(
          () -> {
            pending.collect();
            List<PendingChanges.Pending> due = pending.due(all, List.of());
            return put(null, due, Safety.LATER, JournalTransactions.PATIENCE);
          });
    }
  }

  /** Reads what is on disk with all that was appended before. */
  <T> T reading(JournalGate.Work<T> work) {
    flush();
    return gate.reading(work);
  }

  /** All or nothing; if it fails, the appended stays and the caller's own is its to repeat. */
  private List<PendingChanges.Pending> put(
      @Nullable Long own, List<PendingChanges.Pending> changes, Safety safety, Duration patience)
      throws SQLException {
    try {
      writer.change(own, changes, safety, patience);
      pending.written(changes);
      return changes;
    } catch (RunTakenOverException e) {
      pending.forget(own == null ? 0 : own);
      throw e;
    }
  }

  @Override
  public void confirm(long run, List<EntryChange> changes) {
    if (changes.isEmpty()) {
      gate.askingAtOnce(
          () -> {
            claims.requireOurs(asking, run);
            return true;
          });
    } else {
      gate.writingAtOnce(
          () -> put(run, pending.with(run, changes), Safety.LATER, JournalTransactions.AT_ONCE));
    }
  }

  @Override
  public void confirmAgain(long run, List<EntryChange> changes) {
    gate.writingAtOnce(
        () -> {
          List<PendingChanges.Pending> all = pending.with(run, changes);
          writer.changeAgain(run, all);
          pending.written(all);
          return all;
        });
  }

  @Override
  public int count(long run, Set<EntryState> states) {
    return reading(() -> reader.count(run, states));
  }

  @Override
  public List<EntryProgress> left(long run, int afterPosition, int limit) {
    return reading(() -> reader.left(run, afterPosition, limit));
  }

  @Override
  public List<EntryProgress> kept(long run, Collection<String> ids) {
    return reading(() -> reader.kept(run, ids));
  }

  @Override
  public List<EntryProgress> planned(long run, int from, int to) {
    return reading(() -> reader.planned(run, from, to));
  }

  @Override
  public List<EntryProgress> written(String store, long run, int afterPosition, int limit) {
    return reading(() -> reader.written(store, run, afterPosition, limit));
  }

  @Override
  public List<EntryProgress> undone(String store, long run, int afterPosition, int limit) {
    return reading(() -> reader.undone(store, run, afterPosition, limit));
  }

  @Override
  public List<String> writtenIds(long run) {
    return reading(() -> reader.writtenIds(run));
  }

  @Override
  public List<EntryProgress> leftOver(String store, long run, int afterPosition, int limit) {
    return reading(() -> reader.leftOver(store, run, afterPosition, limit));
  }

  @Override
  public List<String> retryableIds(String store, long run) {
    return reading(() -> reader.retryableIds(store, run));
  }

  @Override
  public Set<String> failedIds(String store) {
    return new HashSet<>(reading(() -> reader.failedIds(store)));
  }

  @Override
  public List<EntryRecord> list(long run, Set<EntryState> states, int offset, int limit) {
    return reading(() -> reader.list(run, states, offset, limit));
  }

  @Override
  public List<EntryRecord> at(long run, List<Integer> positions) {
    return reading(() -> reader.at(run, positions));
  }

  @Override
  public List<EntryRecord> finished(long run, long fromMillis, long toMillis) {
    return reading(() -> reader.finished(run, fromMillis, toMillis));
  }

  @Override
  public List<EntryRecord> history(String store, String id) {
    return reading(() -> reader.history(store, id));
  }
}
