package dev.memoryconsole.journal.locks;

import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.LockMetrics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The histories of the locks of all stores that this process keeps in one journal. Safe for use by
 * many threads.
 */
public final class LockHistories implements AutoCloseable {
  private final JournalGate gate;
  private final LockHistoryWriter writer;
  private final LockHistoryReader reader;
  // Guarded by itself.
  private final Map<LockMetrics, Kept> recorders = new HashMap<>();

  private static final class Kept {
    private final LockRecorder recorder;
    private int users;

    Kept(LockRecorder recorder) {
      this.recorder = recorder;
    }
  }

  /**
   * Reads and writes by connections that the caller closes.
   *
   * @param transactions of the connection that writes
   * @param reading nobody else's, so that a look at a long history keeps no one waiting
   */
  public LockHistories(
      JournalGate gate,
      Connection writing,
      JournalTransactions transactions,
      Connection reading,
      RunClaims claims)
      throws SQLException {
    this.gate = gate;
    this.writer = new LockHistoryWriter(writing, transactions, claims);
    this.reader = LockHistoryReader.of(reading, claims);
  }

  /**
   * Takes over what these metrics record from now on, in a thread of its own, until {@link
   * #release} was called as often. Once for each store, however often it is open.
   */
  public void keep(String store, LockMetrics metrics, InstantSource clock) {
    synchronized (recorders) {
      recorders.computeIfAbsent(metrics, _ -> record(store, metrics, clock)).users++;
    }
  }

  private Kept record(String store, LockMetrics metrics, InstantSource clock) {
    return new Kept(
        new LockRecorder(
            new LockHistory(gate, writer, reader, store, metrics, LockRetention.DEFAULT, clock),
            metrics));
  }

  /** Ends a {@link #keep}. The last one waits until the last acquisitions are taken over. */
  public void release(LockMetrics metrics) {
    Kept last;
    synchronized (recorders) {
      Kept kept = recorders.get(metrics);
      if (kept == null || --kept.users > 0) {
        return;
      }
      last = kept;
      recorders.remove(metrics);
    }
    last.recorder.close();
  }

  /** What is known about a store's lock: from these metrics, and from the history. */
  public LockLog log(String store, LockMetrics metrics, InstantSource clock) {
    return new JournaledLocks(store, metrics, historyOf(metrics), reader, clock);
  }

  private @Nullable LockHistory historyOf(LockMetrics metrics) {
    synchronized (recorders) {
      Kept kept = recorders.get(metrics);
      return kept == null ? null : kept.recorder.history();
    }
  }

  /** Waits for whoever is reading. */
  @Override
  public void close() throws SQLException {
    reader.close();
  }
}
