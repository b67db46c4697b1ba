package dev.memoryconsole.journal;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.files.DatabaseInUseException;
import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.journal.database.JournalCheckpoints;
import dev.memoryconsole.journal.database.JournalDatabase;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.JournalTransactions.Safety;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.LockMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The durable record of runs: the app's own SQLite database, shared by all its processes.
 *
 * <p>Safe for use by many threads. A change is on disk when {@link #write} returns; {@link #append}
 * may keep it for a while, so that a fast run costs few transactions. Readers have a connection of
 * their own: looking at a long run never holds up a commit. Who looks changes nothing: that a run's
 * process is gone is worked out when it is read.
 */
public final class Journal implements AutoCloseable {
  private static final int APPEND_LIMIT = 512;
  private static final int REOPENED_AT_ONCE = 2_000;

  private final Path file;
  private final OpenDatabases.Share<JournalFile> share;
  private final JournalGate gate;
  private final PendingChanges pending;
  private final RunClaims claims;
  private final RunPlanning planning;
  private final RunTaking taking;
  private final JournalWriter writer;
  private final JournalReader reader;
  private final List<LockMetrics> kept = new CopyOnWriteArrayList<>();
  private final JournalCheckpoints checkpoints;

  /**
   * Opens the journal, making it if it is not there. In one process it is open once: all who open
   * it share its connections and its locks.
   *
   * @throws JournalException if it can't be opened or is of a newer program
   */
  public Journal(Path file) {
    this.file = file.toAbsolutePath();
    JournalDatabase.make(this.file);
    try {
      this.share =
          OpenDatabases.share(
              this.file,
              JournalFile.class,
              () -> {
                JournalDatabase.prepare(this.file);
                return new JournalFile(this.file);
              });
    } catch (SQLException e) {
      throw new JournalException("The journal " + this.file + " can't be opened.", e);
    } catch (DatabaseInUseException e) {
      throw new JournalException(String.valueOf(e.getMessage()), e);
    }
    JournalFile shared = share.get();
    this.gate = shared.gate;
    this.pending = shared.pending;
    this.claims = shared.claims;
    this.planning = shared.planning;
    this.taking = shared.taking;
    this.writer = shared.writer;
    this.reader = shared.reader;
    this.checkpoints = shared.checkpoints;
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /**
   * Records a run and its entries, all queued, owned by this process.
   *
   * @return its id; empty if the thread was interrupted before all was recorded: nothing is then
   * @throws RunInProgressException if a run of that store is at work, in whatever process; nothing
   *     was recorded
   */
  public Optional<Long> start(RunPlan plan, long at) {
    endDead(plan.store());
    return planning.start(plan, at);
  }

  /** Writes down what became of runs whose process is gone; whoever looks sees it without that. */
  private void endDead(String store) {
    List<RunTaking.Dead> dead = reading(() -> reader.dead(store));
    if (!dead.isEmpty()) {
      gate.writing(
          () -> {
            taking.end(dead);
            return 0;
          });
    }
  }

  /**
   * Takes a stopped run over: it runs again, owned by this process, and what it left over is {@link
   * #left}. From now on whoever had it before is refused.
   *
   * @return false if it is no run of this store that was stopped
   * @throws RunInProgressException if a run of that store is at work, in whatever process
   */
  public boolean reopen(String store, long run) {
    // What this process knew of it when it stopped, and could not write down then.
    writeAll();
    endDead(store);
    if (!gate.writing(() -> taking.take(store, run))) {
      return false;
    }
    int entries = reading(() -> reader.selected(run));
    for (int from = 0; from < entries; from += REOPENED_AT_ONCE) {
      int first = from;
      gate.writing(
          () -> {
            taking.reopen(run, first, first + REOPENED_AT_ONCE);
            return 0;
          });
    }
    return true;
  }

  /** This process works on a run no longer, whether or not its end could be recorded. */
  public void release(long run) {
    claims.release(run);
  }

  /** The entries of a run without an outcome, in the run's order. */
  public List<EntryProgress> left(long run) {
    return reading(() -> reader.left(run));
  }

  /** What is known about these entries of a run. */
  public List<EntryProgress> kept(long run, Collection<String> ids) {
    return reading(() -> reader.kept(run, ids));
  }

  /** The ids of a run's entries that it wrote, or was about to write, in the run's order. */
  public List<String> writtenIds(long run) {
    return reading(() -> reader.writtenIds(run));
  }

  /**
   * Entries that a run wrote and no later run of the store wrote again, in the run's order.
   *
   * @param afterPosition only those behind this place; negative for all
   */
  public List<EntryProgress> written(String store, long run, int afterPosition, int limit) {
    return reading(() -> reader.written(store, run, afterPosition, limit));
  }

  /**
   * Entries whose upgrade an undo took back and no later run of the store wrote again, in its
   * order.
   *
   * @param afterPosition only those behind this place; negative for all
   */
  public List<EntryProgress> undone(String store, long run, int afterPosition, int limit) {
    return reading(() -> reader.undone(store, run, afterPosition, limit));
  }

  /**
   * The greatest marker ({@code upgraded_at}) that a run of the store has announced, milliseconds
   * since 1970; 0 if there is none.
   */
  public long lastMarker(String store) {
    return reading(() -> reader.lastMarker(store));
  }

  /**
   * Announces that a restore is about to take effect: from now on, whatever becomes of it, what the
   * store's runs wrote so far is not to be verified or written again. Safe from a power cut when it
   * returns.
   *
   * @param safetyCopy the name of the snapshot that holds what was there before; null to take the
   *     announcement back, because nothing took effect
   * @throws RunTakenOverException if the run is another process's by now
   */
  public void restoring(long run, @Nullable String safetyCopy) {
    gate.writing(
        () -> {
          writer.restoring(run, safetyCopy);
          return 0;
        });
  }

  /**
   * Records of the runs before a restore that what they wrote is no longer looked after, as {@link
   * #restoring} has announced. What one of them writes later, when it is resumed, is.
   *
   * @throws RunTakenOverException if the restore is another process's by now
   */
  public void endVerification(long restore) {
    gate.writing(
        () -> {
          writer.endVerification(restore);
          return 0;
        });
  }

  /**
   * Records how far it is known that a run's writes stayed.
   *
   * @throws RunTakenOverException if the run is another process's by now
   */
  public void verified(long run, Verification verification) {
    gate.writing(
        () -> {
          writer.verified(run, verification);
          return 0;
        });
  }

  /** Records of a run that is over that nothing can overwrite its writes any more. */
  public void settled(long run) {
    gate.writing(
        () -> {
          writer.settled(run);
          return 0;
        });
  }

  /**
   * Takes a run that is over up again, owned by this process, to look after what it wrote.
   *
   * @return false if it is no run of this store that is over
   * @throws RunInProgressException if a run of that store is at work, in whatever process
   */
  public boolean reopenToVerify(String store, long run) {
    writeAll();
    endDead(store);
    return gate.writing(() -> taking.takeToVerify(store, run));
  }

  /**
   * Records a change. An outcome is on disk with the next {@link #write}; anything else with the
   * next change of the same entry that is written, or when a good many have come together.
   */
  public void append(long run, EntryChange change) {
    if (pending.append(run, change) >= APPEND_LIMIT) {
      writeAll();
    }
  }

  /**
   * Records changes, each with all that was appended before of the same entry, and all outcomes
   * that were appended, in one transaction. They are safe, from a power cut too, when this returns.
   *
   * @throws RunTakenOverException if the run is another process's by now; nothing was written
   */
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
          return 0;
        });
  }

  /** Puts all that was appended on disk. */
  private void writeAll() {
    if (pending.count() > 0) {
      gate.writing(
          () -> {
            pending.collect();
            put(null, pending.due(true, List.of()), Safety.LATER, JournalTransactions.PATIENCE);
            return 0;
          });
    }
  }

  /** All or nothing; of what fails, the appended stays and the caller's own is its to repeat. */
  private void put(
      @Nullable Long own, List<PendingChanges.Pending> changes, Safety safety, Duration patience)
      throws SQLException {
    try {
      writer.change(own, changes, safety, patience);
      pending.written(changes);
    } catch (RunTakenOverException e) {
      pending.forget(own == null ? 0 : own);
      throw e;
    }
  }

  /**
   * For somebody who holds a store's lock and is about to write: makes sure that the run is still
   * this process's, and records changes of what was announced before with {@link #write}, without
   * those that were appended of other entries. Waits for nobody longer than a few milliseconds, and
   * not for the disk: a power cut may leave the announcement as it was before.
   *
   * @param changes may be empty
   * @throws RunTakenOverException if the run is another process's by now
   * @throws JournalBusyException if somebody else is writing to the journal; nothing was written
   */
  public void confirm(long run, List<EntryChange> changes) {
    if (changes.isEmpty()) {
      gate.askingAtOnce(
          () -> {
            share.get().requireOurs(run);
            return 0;
          });
    } else {
      gate.writingAtOnce(
          () -> {
            put(run, pending.with(run, changes), Safety.LATER, JournalTransactions.AT_ONCE);
            return 0;
          });
    }
  }

  /**
   * As {@link #confirm}, of entries that are written once more, which is counted; what it recorded
   * is safe from a power cut.
   */
  public void confirmAgain(long run, List<EntryChange> changes) {
    gate.writingAtOnce(
        () -> {
          List<PendingChanges.Pending> all = pending.with(run, changes);
          writer.changeAgain(run, all);
          pending.written(all);
          return 0;
        });
  }

  /**
   * Records where a run stands.
   *
   * @throws RunTakenOverException if the run is another process's by now
   */
  public void update(
      long run,
      RunState state,
      long elapsedMillis,
      LockSummary lock,
      ModelUsage usage,
      @Nullable Long finishedAt) {
    writeAll();
    gate.writing(
        () -> {
          writer.update(run, state, elapsedMillis, lock, usage, finishedAt);
          return 0;
        });
  }

  /** The latest runs of a store, newest first. */
  public List<RunRecord> runs(String store, int limit) {
    return reading(() -> reader.runs(store, limit));
  }

  /** The runs of a store that were interrupted or cancelled, newest first. */
  public List<RunRecord> stopped(String store) {
    return reading(() -> reader.stopped(store));
  }

  /** One run of a store. */
  public Optional<RunRecord> run(String store, long run) {
    return reading(() -> reader.run(store, run));
  }

  /** Entries of a run in these states (empty for all), in the run's order. */
  public List<EntryRecord> entries(long run, Set<EntryState> states, int offset, int limit) {
    return reading(() -> reader.entries(run, states, offset, limit));
  }

  /**
   * Entries of a run that reached their outcome in a range of time, in the run's order.
   *
   * @param fromMillis milliseconds since 1970
   * @param toMillis exclusive
   */
  public List<EntryRecord> entriesFinished(long run, long fromMillis, long toMillis) {
    return reading(() -> reader.entriesFinished(run, fromMillis, toMillis));
  }

  /** What happened to one memory in all runs of a store, newest first. */
  public List<EntryRecord> history(String store, String id) {
    return reading(() -> reader.history(store, id));
  }

  /** The ids whose last final outcome, over all runs of a store, is failed or stale. */
  public Set<String> failedIds(String store) {
    return reading(() -> reader.failedIds(store));
  }

  /** The ids of a run's entries that a retry takes, in the run's order. */
  public List<String> retryableIds(long run) {
    return reading(() -> reader.retryableIds(run));
  }

  /**
   * Keeps the history of a store's lock from now on: takes over what these metrics record, in a
   * thread of its own, until the journal is closed.
   */
  public void keepLocks(String store, LockMetrics metrics, InstantSource clock) {
    kept.add(metrics);
    share.get().locks.keep(store, metrics, clock);
  }

  /** What is known about a store's lock: from these metrics, and from the history. */
  public LockLog locks(String store, LockMetrics metrics, InstantSource clock) {
    return share.get().locks.log(store, metrics, clock);
  }

  @Override
  public void close() {
    kept.forEach(share.get().locks::release);
    kept.clear();
    try {
      share.close();
    } catch (IOException e) {
      throw new JournalException("The journal " + file + " could not be closed.", e);
    }
  }

  private <T> T reading(JournalGate.Work<T> work) {
    writeAll();
    return gate.reading(work);
  }
}
