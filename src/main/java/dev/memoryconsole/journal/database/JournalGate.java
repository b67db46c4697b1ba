package dev.memoryconsole.journal.database;

import dev.memoryconsole.files.FileIdentity;
import dev.memoryconsole.journal.JournalBusyException;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.lock.record.UnderLock;
import dev.memoryconsole.message.Message;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of this process at a time write to the journal, one read from it, and one ask
 * whose a run is. Who holds a store's lock must not wait here; an assertion sees to that. Safe for
 * use by many threads.
 */
public final class JournalGate {
  private final Path file;
  private final FileIdentity identity;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock asking = new ReentrantLock();

  public JournalGate(Path file) {
    this.file = file;
    this.identity = FileIdentity.of(file);
  }

  /** What is done inside. */
  public interface Work<T> {
    /** Does it. */
    T run() throws SQLException;
  }

  public <T> T writing(Work<T> work) {
    assert UnderLock.mayWait() : "The journal is waited for under a store's lock.";
    writing.lock();
    try {
      return write(work);
    } finally {
      writing.unlock();
    }
  }

  /**
   * For somebody who holds a store's lock.
   *
   * @throws JournalBusyException if somebody else is inside and stays there
   */
  public <T> T writingAtOnce(Work<T> work) {
    enterAtOnce(writing);
    try {
      return write(work);
    } finally {
      writing.unlock();
    }
  }

  private <T> T write(Work<T> work) {
    try {
      refuseIfGone();
      return work.run();
    } catch (SQLException e) {
      throw new JournalException(JournalCode.NOT_WRITABLE.with(file, reason(e)), e);
    }
  }

  public <T> T reading(Work<T> work) {
    assert UnderLock.mayWait() : "The journal is waited for under a store's lock.";
    reading.lock();
    try {
      return read(work);
    } finally {
      reading.unlock();
    }
  }

  /**
   * For a look at a few rows by somebody who holds a store's lock.
   *
   * @throws JournalBusyException if somebody else is inside and stays there
   */
  public <T> T askingAtOnce(Work<T> work) {
    enterAtOnce(asking);
    try {
      // What was announced in a file that is gone could never be taken back.
      refuseIfGone();
      return read(work);
    } finally {
      asking.unlock();
    }
  }

  private <T> T read(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw new JournalException(JournalCode.NOT_READABLE.with(file), e);
    }
  }

  private static void enterAtOnce(ReentrantLock lock) {
    boolean entered;
    boolean interrupted = Thread.interrupted();
    try {
      entered = lock.tryLock(JournalTransactions.AT_ONCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      entered = lock.tryLock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!entered) {
      throw new JournalBusyException();
    }
  }

  /** Waits until nobody is inside, and does this alone. */
  public void alone(Work<Boolean> work) throws SQLException {
    writing.lock();
    reading.lock();
    asking.lock();
    try {
      work.run();
    } finally {
      asking.unlock();
      reading.unlock();
      writing.unlock();
    }
  }

  /**
   * Some systems let a file be deleted that is in use, and SQLite goes on writing into what nobody
   * will ever see again.
   */
  private void refuseIfGone() {
    if (!FileIdentity.of(file).equals(identity)) {
      throw new JournalException(JournalCode.GONE.with(file));
    }
  }

  /** What SQLite has said, on one line. */
  static Message reason(SQLException e) {
    String message = e.getMessage();
    return message == null
        ? JournalCode.NO_REASON.with()
        : Message.verbatim(message.replaceAll("\\s+", " "));
  }
}
