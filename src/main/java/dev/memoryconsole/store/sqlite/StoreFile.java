package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.MessageCode;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.connection.ChangeMark;
import dev.memoryconsole.store.sqlite.connection.FileAccess;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.inspection.ForeignTriggers;
import dev.memoryconsole.store.sqlite.inspection.TableChecks;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import dev.memoryconsole.store.sqlite.write.Opening;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one store's file, made once in this process and shared by all its openings.
 * Safe for use by many threads.
 */
final class StoreFile implements AutoCloseable {
  private final Path path;
  private final LockMetrics metrics;
  private final ReadPool readers;
  private final ChangeMark changes;
  private final FileAccess access;
  private final Opening own;
  private final WriteSide.Setting setting;
  private final ReentrantLock adopting = new ReentrantLock();
  // Not there until the first write to a file that this program did not make; never for UTF-16.
  private volatile @Nullable WriteSide writeSide;
  private volatile TableLayout layout;
  // Whether the file is of the version that this program writes.
  private volatile boolean current;
  private volatile LockPacing pacing = LockPacing.NONE;

  /**
   * Connects.
   *
   * @param create whether to make the table of memories
   * @param access what may be done with the file
   * @param options of the opening that came first
   */
  StoreFile(Path path, boolean create, FileAccess access, SqliteOptions options)
      throws SQLException {
    this.path = path;
    this.access = access;
    own = options.opening();
    metrics = new LockMetrics(path.toString(), options.clock());
    readers = new ReadPool(path, access);
    changes = new ChangeMark(path, access);
    setting =
        new WriteSide.Setting(
            path, own, options.clock(), metrics, () -> pacing, readers, this::lookAgain);
    layout = TableLayout.OURS;
    if (create) {
      writeSide = WriteSide.create(setting);
      current = true;
      return;
    }
    try {
      boolean ours = look() != StoreForm.FOREIGN;
      if (ours && access.mayWrite() && !layout.utf16()) {
        writeSide = WriteSide.open(setting);
      }
    } catch (SQLException | RuntimeException failure) {
      readers.close();
      throw failure;
    }
  }

  Path path() {
    return path;
  }

  LockMetrics metrics() {
    return metrics;
  }

  /** Who decides from now on when the lock is taken. */
  void pacedBy(LockPacing other) {
    pacing = other;
  }

  ReadPool readers() {
    return readers;
  }

  /** Another number than before once anybody has committed. */
  long changeMark() {
    return changes.mark();
  }

  /** What queries may rely on as of now. */
  TableLayout layout() {
    return layout;
  }

  /** Reads what a query asks for. */
  interface Query<T> {
    /** Reads it. */
    T of(Connection connection, TableLayout layout) throws SQLException;
  }

  /** Reads in one transaction where that is in nobody's way. */
  <T> T read(MessageCode doing, Query<T> query) {
    TableLayout now = layout;
    ReadPool.Reading<T> reading = connection -> query.of(connection, now);
    return now.piecewise() ? readers.readInPieces(doing, reading) : readers.read(doing, reading);
  }

  /** Why nothing can be written now; empty if it can. */
  Optional<Message> writeRefusal() {
    if (writeSide != null) {
      return Optional.empty();
    }
    Optional<Message> readOnly = refusal();
    if (readOnly.isPresent()) {
      return readOnly;
    }
    try {
      readers.readInPieces(
          SqliteCode.LOOKING_AT_TABLE,
          connection -> {
            TableChecks.adoptable(path, connection);
            return true;
          });
      return Optional.empty();
    } catch (StoreException refusal) {
      return Optional.of(refusal.message());
    }
  }

  /** What the admin should know before anything is written, each one sentence. */
  List<Message> remarks() {
    List<String> triggers = readers.read(SqliteCode.LOOKING_AT_TRIGGERS, ForeignTriggers::triggers);
    return triggers.isEmpty()
        ? List.of()
        : List.of(SqliteCode.TRIGGERS_FIRE.with(path, ForeignTriggers.named(triggers)));
  }

  private Optional<Message> refusal() {
    return access.mayWrite() ? Optional.empty() : Optional.of(SqliteCode.READ_ONLY.with(path));
  }

  /** What is known of others who write: nothing before a file of theirs was adopted. */
  OtherWriters otherWriters() {
    WriteSide there = writeSide;
    return there == null ? OtherWriters.UNKNOWN : there.writer().others();
  }

  /** What writes; null until a file of another program was adopted. */
  @Nullable WriteSide writeSideIfThere() {
    return writeSide;
  }

  private StoreForm look() {
    return readers.read(
        SqliteCode.OPENING,
        connection -> {
          StoreForm form = StoreForm.of(connection);
          layout = TableLayout.of(connection, form);
          return form;
        });
  }

  // When all rows were derived.
  private void lookAgain() {
    if (!layout.derived()) {
      look();
    }
  }

  /** What writes; adopts the file, or brings it up, if that was not done yet. */
  WriteSide writeSide() throws InterruptedException {
    WriteSide there = writeSide;
    if (there != null && current) {
      return there;
    }
    Optional<Message> refusal = refusal();
    if (there == null && refusal.isPresent()) {
      throw new StoreUnavailableException(refusal.get());
    }
    adopting.lockInterruptibly();
    try {
      there = writeSide;
      if (there == null) {
        there = WriteSide.adopt(setting);
        look();
        writeSide = there;
      }
      if (!current) {
        there.bringUp(setting);
        current = true;
      }
      return there;
    } catch (SQLException failure) {
      throw SqliteFailures.of(path, SqliteCode.ADOPTING, failure);
    } finally {
      adopting.unlock();
    }
  }

  /** Only when nobody works on it any more. */
  @Override
  public void close() throws SQLException {
    own.refuseFromNowOn();
    changes.close();
    WriteSide there = writeSide;
    if (there == null) {
      readers.close();
    } else {
      there.close(readers);
    }
  }
}
