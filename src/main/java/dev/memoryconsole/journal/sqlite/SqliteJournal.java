package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.files.DatabaseInUseException;
import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.journal.EntryJournal;
import dev.memoryconsole.journal.ErasureJournal;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.LockJournal;
import dev.memoryconsole.journal.RunJournal;
import dev.memoryconsole.journal.database.JournalDatabase;
import dev.memoryconsole.journal.locks.LockHistories;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.LockMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in an SQLite file. */
public final class SqliteJournal implements Journal {
  private final Path file;
  private final OpenDatabases.Share<JournalFile> share;
  private final OwnLocks locks;

  /**
   * Opens the journal, making it if it is not there. In one process it is open once: all who open
   * it share its connections and its locks.
   *
   * @throws JournalException if it can't be opened or is of a newer program
   */
  public SqliteJournal(Path path) {
    this.file = path.toAbsolutePath();
    JournalDatabase.make(file);
    try {
      this.share =
          OpenDatabases.share(
              file,
              JournalFile.class,
              () -> {
                JournalDatabase.prepare(file);
                return new JournalFile(file);
              });
    } catch (SQLException e) {
      throw new JournalException(JournalCode.NOT_OPENED.with(file), e);
    } catch (DatabaseInUseException e) {
      throw new JournalException(e.message(), e);
    }
    this.locks = new OwnLocks(share.get().locks);
  }

  /** The histories that are kept until this opening of the journal is closed. */
  private record OwnLocks(LockHistories histories, List<LockMetrics> kept) implements LockJournal {
    OwnLocks(LockHistories histories) {
      this(histories, new CopyOnWriteArrayList<>());
    }

    @Override
    public void keep(String store, LockMetrics metrics, InstantSource clock) {
      kept.add(metrics);
      histories.keep(store, metrics, clock);
    }

    @Override
    public LockLog log(String store, LockMetrics metrics, InstantSource clock) {
      return histories.log(store, metrics, clock);
    }

    void release() {
      kept.forEach(histories::release);
      kept.clear();
    }
  }

  @Override
  public RunJournal runs() {
    return share.get().runs;
  }

  @Override
  public EntryJournal entries() {
    return share.get().entries;
  }

  @Override
  public ErasureJournal erasure() {
    return share.get().erasure;
  }

  @Override
  public LockJournal locks() {
    return locks;
  }

  @Override
  public void close() {
    locks.release();
    try {
      share.close();
    } catch (IOException e) {
      throw new JournalException(JournalCode.NOT_CLOSED.with(file), e);
    }
  }
}
