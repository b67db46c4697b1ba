package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/**
 * What a store held before it was restored. It is copied with no lock held; when the lock is had,
 * SQLite's data version says whether anybody has written since, and then it is copied once more,
 * page by page, before the restore can take effect. A writer who never rests loses nothing by that
 * and waits for one more copy at most.
 *
 * <p>For one thread.
 */
final class SafetyCopy implements AutoCloseable {
  private static final String UNFINISHED = ".tmp";
  private static final int PAGES_PER_STEP = 10_000;
  private static final Logger log = LoggerFactory.getLogger(SafetyCopy.class);

  private final Path store;
  private final Path target;
  private final Connection reader;
  private long version;
  private boolean pinned;
  private @Nullable Exception failure;

  private SafetyCopy(Path store, Path target, Connection reader) {
    this.store = store;
    this.target = target;
    this.reader = reader;
  }

  /**
   * Makes the first copy.
   *
   * @param target its name once it is whole
   */
  static SafetyCopy take(
      Path store, Path target, BooleanSupplier closing, SnapshotProgress progress)
      throws InterruptedException {
    try {
      SafetyCopy copy = new SafetyCopy(store, target, Connections.copier(store));
      boolean taken = false;
      try {
        copy.version = copy.dataVersion();
        Path unfinished = copy.unfinished();
        new Copier(store, closing, progress).copy(unfinished);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        taken = true;
        return copy;
      } finally {
        if (!taken) {
          copy.close();
        }
      }
    } catch (SQLException failure) {
      throw Problems.of(store, Restoration.DOING, failure);
    } catch (IOException failure) {
      throw new StoreUnavailableException(
          "The safety copy %s can't be written; nothing was changed, check its folder, the permissions and the free space."
              .formatted(target),
          failure);
    }
  }

  private Path unfinished() {
    return target.resolveSibling(target.getFileName() + UNFINISHED);
  }

  private long dataVersion() throws SQLException {
    return Copier.number(reader, "PRAGMA data_version");
  }

  /**
   * Makes it hold everything up to now. To be called while the store's lock is held and before
   * anything is committed. From then on this reads the state before the commit, so that what fails
   * here can be made up for by {@link #requireWhole}. Called from native code, which no exception
   * may reach.
   */
  void complete() {
    try {
      if (pinned) {
        return;
      }
      pin();
      long now = dataVersion();
      if (now != version) {
        copyAgain();
        version = now;
      }
    } catch (SQLException | IOException | RuntimeException e) {
      failure = e;
      log.warn("The safety copy {} is not complete yet", target, e);
    }
  }

  // The first look begins to read: from then on this is the state before the commit.
  private void pin() throws SQLException {
    execute("BEGIN");
    try {
      Copier.number(reader, "SELECT count(*) FROM sqlite_schema");
      pinned = true;
    } finally {
      if (!pinned) {
        execute("ROLLBACK");
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = reader.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What a failed attempt at the lock has seen is not the state before the next one. */
  void release() throws SQLException {
    if (pinned) {
      execute("ROLLBACK");
      pinned = false;
    }
    failure = null;
  }

  private void copyAgain() throws SQLException, IOException {
    Path again = unfinished();
    Copier.delete(again);
    Copier.create(again);
    int code =
        reader
            .unwrap(SQLiteConnection.class)
            .getDatabase()
            .backup("main", Connections.uri(again), (remaining, total) -> {}, 0, 0, PAGES_PER_STEP);
    if (code != 0) {
      throw new SQLException("copying the pages failed", null, code);
    }
    Copier.flush(again);
    Files.move(again, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * To be called once the store is restored: tries once more what could not be completed under the
   * lock.
   *
   * @throws StoreException if it can't be; says so, for the restore has taken place
   */
  void requireWhole() {
    Exception before = failure;
    if (before == null) {
      return;
    }
    try {
      if (!pinned) {
        throw new SQLException("the state before could not be read", before);
      }
      copyAgain();
      failure = null;
    } catch (SQLException | IOException e) {
      throw new StoreException(
          "The store %s was restored, but what was written in the last moments before could not be added to the safety copy %s; look there for the rest, and free some space."
              .formatted(store, target),
          e);
    }
  }

  /** Keeps the copy. */
  @Override
  public void close() {
    try (OpenDatabases.Use _ = OpenDatabases.use(store)) {
      reader.close();
    } catch (SQLException e) {
      log.warn("A connection to {} can't be closed", store, e);
    }
  }
}
