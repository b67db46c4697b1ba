package dev.memoryconsole.store.sqlite.snapshot;

import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.connection.StatementWatch;
import dev.memoryconsole.store.sqlite.inspection.FileInspection;
import dev.memoryconsole.store.sqlite.inspection.TableChecks;
import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/**
 * A snapshot on its way back into its store: everything that takes long is done to a copy beside
 * the snapshot, without the lock; under the lock its pages are written over the store's. For one
 * thread.
 */
public final class Restoration implements AutoCloseable {
  private static final int PAGES_PER_STEP = 500;
  private static final int MOST_ATTEMPTS = 4;

  private static final Logger log = LoggerFactory.getLogger(Restoration.class);

  // Nobody writes one row a million times between the look at the versions and the lock.
  private static final long ROOM_FOR_WRITES = 1 << 20;

  private final Path snapshot;
  private final Path store;
  private final BooleanSupplier closing;
  private final SnapshotProgress progress;
  private final Path copy;
  private long pages;
  private long rows;

  private Restoration(
      Path snapshot, Path store, BooleanSupplier closing, SnapshotProgress progress, Path copy) {
    this.snapshot = snapshot;
    this.store = store;
    this.closing = closing;
    this.progress = new ThrottledProgress(progress);
    this.copy = copy;
  }

  /**
   * Checks the snapshot and makes the copy that will be restored.
   *
   * @throws StoreException if it is no sound store
   */
  public static Restoration prepare(
      Path snapshot, Path store, BooleanSupplier closing, SnapshotProgress progress)
      throws InterruptedException {
    Path absolute = snapshot.toAbsolutePath();
    FileInspection.of(absolute);
    Restoration restoration = new Restoration(absolute, store, closing, progress, beside(absolute));
    boolean prepared = false;
    try (OpenDatabases.Use _ = OpenDatabases.use(absolute)) {
      restoration.prepare();
      prepared = true;
      return restoration;
    } finally {
      if (!prepared) {
        restoration.close();
      }
    }
  }

  private static Path beside(Path snapshot) {
    try {
      return Files.createTempFile(snapshot.getParent(), "restore", ".tmp");
    } catch (IOException failure) {
      throw new StoreUnavailableException(SqliteCode.RESTORE_NO_FILE.with(snapshot), failure);
    }
  }

  private void prepare() throws InterruptedException {
    StatementWatch watch = new StatementWatch(store, closing, () -> {});
    try {
      long size = pageSizeOfStore();
      new DatabaseCopy(snapshot, closing, this::copied).copy(copy, size);
      DatabaseCopy.requireSpace(store, copy.toFile().length());
      try (Connection connection = Connections.scratch(copy)) {
        watch.on(connection);
        check(connection);
        bringUp(connection);
        raiseVersions(connection);
      }
    } catch (SQLException failure) {
      watch.explain(failure);
      throw SqliteFailures.of(
          SqliteFailures.isOfTheDisk(failure) ? copy : snapshot, SafetyCopy.DOING, failure);
    } catch (IOException failure) {
      throw new StoreUnavailableException(SqliteCode.RESTORE_DISK_FAILED.with(store), failure);
    }
  }

  private void bringUp(Connection connection) throws SQLException {
    TableChecks.accept(copy, connection);
    TableChecks.refuseUtf16(copy, connection);
    if (StoreForm.of(connection) != StoreForm.WHOLE) {
      TableChecks.adoptable(copy, connection);
      SchemaBuilder.create(connection);
    } else {
      SchemaBuilder.bringUpAlone(connection);
    }
  }

  private void copied(long done, long total) {
    pages = total;
    progress.copied(done, 2 * total);
  }

  // In a store that others have open the size of the pages can't change.
  private long pageSizeOfStore() throws SQLException {
    try (Connection connection = Connections.copier(store)) {
      return Sql.number(connection, "PRAGMA page_size");
    }
  }

  private void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
      if (!row.next() || !"ok".equals(row.getString(1))) {
        throw new StoreUnavailableException(SqliteCode.SNAPSHOT_DAMAGED.with(snapshot));
      }
    }
  }

  // Whoever compares versions before writing must not take a restored row for the one that was
  // read, nor a memory that is added again for one that the restore took away.
  private void raiseVersions(Connection connection) throws SQLException {
    try (PreparedStatement attach = connection.prepareStatement("ATTACH ? AS live")) {
      attach.setString(1, Connections.uri(store) + "?mode=ro");
      attach.execute();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      statement.executeUpdate(
          "INSERT INTO memories_doc (id, last_version) SELECT id, 0 FROM live.memories_doc l"
              + " WHERE NOT EXISTS (SELECT 1 FROM main.memories_doc m WHERE m.id = l.id)");
      statement.executeUpdate(
          "UPDATE main.memories_doc SET last_version = max(last_version, coalesce((SELECT"
              + " l.last_version FROM live.memories_doc l WHERE l.id = memories_doc.id), 0)) + "
              + ROOM_FOR_WRITES);
      // Fires no trigger: they leave out a row that gets the version they would have given it.
      rows =
          statement.executeUpdate(
              "UPDATE main.memories SET version ="
                  + " (SELECT last_version FROM memories_doc d WHERE d.id = memories.id)");
      statement.execute("COMMIT");
      statement.execute("DETACH live");
    }
  }

  /**
   * Lets the copy take the place of everything in the store. Where the safety copy can't be
   * completed in time, the lock is let go and that copy is made anew, a few times.
   *
   * @param guard asked before it takes effect
   */
  public LockAcquisition run(
      SafetyCopy before, RestoreGuard guard, WriteConnection writer, Opening opening)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      guard.announce();
      try {
        return writer.replace(
            opening,
            LockPurpose.of(LockPurpose.Kind.RESTORE),
            SafetyCopy.DOING,
            () -> intoStore(before, guard));
      } catch (SafetyCopy.LateException late) {
        if (attempt == MOST_ATTEMPTS) {
          throw late;
        }
        before.again();
      }
    }
  }

  /**
   * Writes the copy's pages over the store's, in one transaction of its own, once the safety copy
   * is complete and the guard has confirmed; answers how many rows there are now. As busy as any
   * other write if somebody else holds the lock. Whatever it throws, nothing took effect.
   */
  private int intoStore(SafetyCopy before, RestoreGuard guard)
      throws SQLException, InterruptedException {
    try (Connection connection = Connections.scratch(copy)) {
      // More than one step, so that there is a moment between the lock and the commit.
      long pages = Sql.number(connection, "PRAGMA page_count");
      int step = Math.toIntExact(Math.clamp(pages / 2, 1, PAGES_PER_STEP));
      Moment moment = new Moment(connection, before, guard);
      // The other direction, restore(), takes the answer from the wrong connection: it says that
      // all went well when the lock could not be had or the disk was full.
      int code =
          connection
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup(
                  "main",
                  Connections.uri(store),
                  (remaining, total) -> {
                    if (remaining > 0 && remaining < total) {
                      moment.use();
                    }
                    written(remaining, total);
                  },
                  0,
                  0,
                  step);
      moment.explain();
      if (code != 0) {
        throw new SQLException("writing the pages of the snapshot failed", null, code);
      }
      return Math.toIntExact(rows);
    }
  }

  /** The moment between the lock and the commit. */
  private static final class Moment {
    private final Connection copy;
    private final SafetyCopy before;
    private final RestoreGuard guard;
    private boolean used;
    private @Nullable Exception failure;

    Moment(Connection copy, SafetyCopy before, RestoreGuard guard) {
      this.copy = copy;
      this.before = before;
      this.guard = guard;
    }

    // Called by native code, which no exception may reach.
    void use() {
      if (used) {
        return;
      }
      used = true;
      try {
        before.complete();
        guard.confirm();
        before.keep();
      } catch (SQLException | InterruptedException | RuntimeException e) {
        failure = e;
        stop();
      }
    }

    // A backup can't be told to stop. It does, and rolls back, when it finds a write transaction
    // open in what it copies from.
    private void stop() {
      try (Statement statement = copy.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
      } catch (SQLException e) {
        // It is this program's own file, which nobody else knows.
        log.error("A restore could not be stopped", e);
      }
    }

    void explain() throws SQLException, InterruptedException {
      Exception because = failure;
      switch (because) {
        case null -> {}
        case SQLException e -> throw e;
        case InterruptedException e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw new IllegalStateException(because);
      }
    }
  }

  // Called by native code, which no exception may reach.
  private void written(int remaining, int total) {
    try {
      progress.copied(pages + pages * (total - remaining) / Math.max(total, 1), 2 * pages);
    } catch (RuntimeException failure) {
      log.warn("Nobody listens to the progress of a restore", failure);
    }
  }

  /** Removes the copy. */
  @Override
  public void close() {
    DatabaseCopy.delete(copy);
  }
}
