package dev.memoryconsole.journal;

import dev.memoryconsole.lock.LockMetrics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all who have one journal open in this process share: its connections, their locks, and what
 * waits to be written.
 */
final class JournalFile implements AutoCloseable {
  final ReentrantLock writing = new ReentrantLock();
  final ReentrantLock reading = new ReentrantLock();
  final PendingChanges pending = new PendingChanges();
  final JournalWriter writer;
  final JournalReader reader;
  final LockHistoryWriter lockWriter;
  final LockHistoryReader lockReader;
  final JournalCheckpoints checkpoints;
  // Guarded by itself.
  private final Map<LockMetrics, Kept> recorders = new HashMap<>();

  private static final class Kept {
    private final LockRecorder recorder;
    private int users;

    Kept(LockRecorder recorder) {
      this.recorder = recorder;
    }
  }

  /** Connects to a journal that is there and of the current schema. */
  JournalFile(Path file) throws SQLException {
    Connection write = null;
    Connection read = null;
    Connection readLocks = null;
    try {
      write = JournalDatabase.connect(file);
      read = JournalDatabase.connect(file);
      readLocks = JournalDatabase.connect(file);
      writer = new JournalWriter(write, new RunClaims(write, file));
      reader = new JournalReader(read);
      lockWriter = new LockHistoryWriter(write, writer::inTransaction);
      lockReader = new LockHistoryReader(readLocks);
      checkpoints = new JournalCheckpoints(file);
    } catch (SQLException | RuntimeException failure) {
      closeAfter(failure, readLocks);
      closeAfter(failure, read);
      closeAfter(failure, write);
      throw failure;
    }
  }

  private static void closeAfter(Exception failure, @Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /** Once for each store, however often it is open. */
  void keepLocks(LockMetrics metrics, Supplier<LockRecorder> recorder) {
    synchronized (recorders) {
      recorders.computeIfAbsent(metrics, unknown -> new Kept(recorder.get())).users++;
    }
  }

  /** The last one waits until the last acquisitions are taken over. */
  void releaseLocks(LockMetrics metrics) {
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

  Optional<LockHistory> historyOf(LockMetrics metrics) {
    synchronized (recorders) {
      return Optional.ofNullable(recorders.get(metrics)).map(kept -> kept.recorder.history());
    }
  }

  /** Only when nobody has it open any more. */
  @Override
  public void close() throws SQLException {
    writing.lock();
    reading.lock();
    try {
      checkpoints.close();
      writer.close();
      reader.close();
      lockReader.close();
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
