package dev.memoryconsole.store.sqlite.snapshot;

import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a store held before it was restored. It is copied with no lock held; when the lock is had,
 * SQLite's data version says whether anybody has written since, and then it is copied once more
 * before the restore can take effect. ForeignHolds wait for that copy, so it is given up when it
 * takes too long: then the lock is let go, and the copy is made anew without it.
 *
 * <p>For one thread.
 */
public final class SafetyCopy implements AutoCloseable {
  /**
   * How long others wait for a copy under the lock. With the restore itself that has to be less
   * than their patience, which is 5 s as a rule.
   */
  public static final Duration LIMIT = Duration.ofSeconds(1);

  /** To follow "Could not". */
  public static final SqliteCode DOING = SqliteCode.RESTORING;

  private static final String UNFINISHED = ".tmp";
  private static final Logger log = LoggerFactory.getLogger(SafetyCopy.class);

  private final Path store;
  private final Path target;
  private final BooleanSupplier closing;
  private final Duration limit;
  private final Connection reader;
  private long version;
  private long tookNanos;
  private boolean kept;

  /** ForeignHolds wrote, and that could not be copied in the time that they may be kept waiting. */
  public static final class LateException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    private LateException(Path store) {
      super(SqliteCode.SAFETY_COPY_LATE.with(store));
    }
  }

  private SafetyCopy(
      Path store, Path target, BooleanSupplier closing, Duration limit, Connection reader) {
    this.store = store;
    this.target = target;
    this.closing = closing;
    this.limit = limit;
    this.reader = reader;
  }

  /**
   * Makes the first copy.
   *
   * @param target its name once it is whole
   * @param limit how long others may wait for a copy under the lock
   */
  public static SafetyCopy take(
      Path store, Path target, BooleanSupplier closing, Duration limit, SnapshotProgress progress)
      throws InterruptedException {
    try {
      SafetyCopy copy = new SafetyCopy(store, target, closing, limit, Connections.copier(store));
      boolean taken = false;
      try {
        copy.copy(progress);
        taken = true;
        return copy;
      } finally {
        if (!taken) {
          copy.close();
        }
      }
    } catch (SQLException failure) {
      throw SqliteFailures.of(store, DOING, failure);
    }
  }

  /** Makes the copy anew, with no lock held. */
  public void again() throws InterruptedException {
    try {
      copy(SnapshotProgress.NONE);
    } catch (SQLException failure) {
      throw SqliteFailures.of(store, DOING, failure);
    }
  }

  private void copy(SnapshotProgress progress) throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    // Before the copy begins: what is written meanwhile may be in it or not.
    long before = dataVersion();
    copy(closing, progress);
    version = before;
    tookNanos = System.nanoTime() - begun;
  }

  /**
   * Makes it hold everything up to now. To be called while the store's lock is held and before
   * anything is committed.
   *
   * @throws LateException if that takes too long; it can be made {@link #again}
   * @throws StoreException if it can't be; the restore must not take effect then
   */
  void complete() throws SQLException, InterruptedException {
    long now = dataVersion();
    if (now != version) {
      long begun = System.nanoTime();
      if (tookNanos > limit.toNanos()) {
        throw new LateException(store);
      }
      boolean[] late = new boolean[1];
      try {
        copy(
            () -> {
              late[0] |= System.nanoTime() - begun > limit.toNanos();
              return late[0] || closing.getAsBoolean();
            },
            SnapshotProgress.NONE);
      } catch (StoreException givenUp) {
        throw late[0] ? new LateException(store) : givenUp;
      }
      version = now;
    }
  }

  /** The restore may take effect from now on: this copy stays. */
  void keep() {
    kept = true;
  }

  private void copy(BooleanSupplier givenUp, SnapshotProgress progress)
      throws InterruptedException {
    Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
    DatabaseCopy.delete(unfinished);
    new DatabaseCopy(store, givenUp, progress).copy(unfinished);
    try {
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new StoreUnavailableException(SqliteCode.SAFETY_COPY_UNWRITABLE.with(target), failure);
    }
  }

  private long dataVersion() throws SQLException {
    return Sql.number(reader, "PRAGMA data_version");
  }

  /** Removes the copy unless it is to be kept. */
  @Override
  public void close() {
    if (!kept) {
      DatabaseCopy.delete(target);
    }
    try (OpenDatabases.Use _ = OpenDatabases.use(store)) {
      reader.close();
    } catch (SQLException e) {
      log.warn("A connection to {} can't be closed", store, e);
    }
  }
}
