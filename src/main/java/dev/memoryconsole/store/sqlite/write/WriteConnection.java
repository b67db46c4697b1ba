package dev.memoryconsole.store.sqlite.write;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.BatchPatch;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.store.InsertReport;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.PatchResult;
import dev.memoryconsole.store.RowWrite;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.connection.TimeLimit;
import dev.memoryconsole.store.sqlite.inspection.ForeignTriggers;
import dev.memoryconsole.store.sqlite.read.RowReader;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes, its lock and its statements. All but {@link #hold}, {@link
 * #holdAfter}, {@link #replace} and {@link #others} must be called by the holder of the lock.
 */
public final class WriteConnection implements AutoCloseable {
  private static final int STEPS_PER_MERGE = 8;
  private static final long PAUSE_NANOS = 20_000_000;
  // The triggers take over no version from here on.
  private static final long HIGHEST_VERSION = (1L << 62) - 1;

  /** The longest that the statements of one hold may take: less than the patience of others. */
  public static final Duration LIMIT = Duration.ofSeconds(2);

  /** Of what has to be done at one go. */
  public static final Duration NO_LIMIT = Duration.ofDays(1);

  private final Path file;
  private final Connection connection;
  private final WriteLock lock;
  // Used by the holder of the lock.
  private final TimeLimit limit;
  // Guarded by the lock.
  private @Nullable WriteStatements prepared;
  private int stepsSinceMerge;

  private WriteConnection(Path file, Connection connection, WriteLock lock) throws SQLException {
    this.file = file;
    this.connection = connection;
    this.lock = lock;
    this.limit = new TimeLimit(connection);
  }

  /** Connects; changes nothing. */
  public static WriteConnection connect(
      Path file, InstantSource clock, LockMetrics metrics, Supplier<LockPacing> pacing)
      throws SQLException {
    Connection connection = Connections.writer(file);
    try {
      return new WriteConnection(
          file, connection, new WriteLock(file, connection, clock, metrics, pacing));
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  /**
   * Switches the file to the write-ahead log, if it does not use it. That needs a moment in which
   * nobody else is at the file, for which SQLite itself does not wait.
   */
  public void useLog(Duration patience) throws SQLException {
    long begun = System.nanoTime();
    while (true) {
      try {
        switchToLog();
        return;
      } catch (SQLException failure) {
        if (!SqliteFailures.isBusy(failure) || System.nanoTime() - begun > patience.toNanos()) {
          throw failure;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void switchToLog() throws SQLException {
    patiently(
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("PRAGMA journal_mode = WAL")) {
            if (!"wal".equalsIgnoreCase(row.getString(1))) {
              throw new StoreException(
                  "%s can't be switched to a write-ahead log, which this program needs; no memory was changed, move it to a local disk."
                      .formatted(file));
            }
          }
        });
  }

  /** Makes the tables of a new store. */
  public void create(Path file) throws SQLException {
    patiently(() -> Schema.bringUp(file, connection, true));
  }

  private interface Step {
    void run() throws SQLException;
  }

  private void patiently(Step step) throws SQLException {
    Connections.set(connection, "busy_timeout = " + Connections.READ_PATIENCE_MILLIS);
    step.run();
    Connections.set(connection, "busy_timeout = 0");
  }

  public LockAcquisition hold(
      Opening opening, LockPurpose purpose, String doing, WriteLock.Work work)
      throws InterruptedException {
    return lock.hold(opening, purpose, doing, guarded(LIMIT, work));
  }

  /** What is done to the tables under the lock. */
  public interface Change {
    /** Does it. */
    void on(Connection connection) throws SQLException;
  }

  /** As {@link #hold(Opening, LockPurpose, String, WriteLock.Work)}, for what writes no memory. */
  public LockAcquisition hold(
      Opening opening, LockPurpose purpose, String doing, Duration longest, Change change)
      throws InterruptedException {
    return lock.hold(
        opening,
        purpose,
        doing,
        guarded(
            longest,
            () -> {
              change.on(connection);
              return 0;
            }));
  }

  /** As {@link WriteLock#holdAfter}. */
  boolean holdAfter(
      Opening opening,
      LockPurpose purpose,
      String doing,
      WriteLock.Before before,
      WriteLock.Work work)
      throws InterruptedException {
    return lock.holdAfter(opening, purpose, doing, before, guarded(LIMIT, work));
  }

  private WriteLock.Work guarded(Duration longest, WriteLock.Work work) {
    return () -> {
      limit.begin(longest);
      try {
        return work.run();
      } catch (SQLException | RuntimeException failure) {
        // After some failures, a full disk is one, the driver has closed statements for good.
        prepared = null;
        if (failure instanceof SQLException given && SqliteFailures.isInterrupt(given)) {
          throw SqliteFailures.tookTooLong(
              file, longest, ForeignTriggers.triggers(connection), given);
        }
        throw failure;
      } finally {
        limit.end();
      }
    };
  }

  /** As {@link WriteLock#others}. */
  public OtherWriters others() {
    return lock.others();
  }

  /** To be called at the head of the queue. */
  public WriteStatements statements() throws SQLException {
    WriteStatements statements = prepared;
    if (statements == null) {
      statements = prepare();
      prepared = statements;
    }
    return statements;
  }

  private WriteStatements prepare() throws SQLException {
    try {
      return WriteStatements.of(connection, TableLayout.toWrite(connection));
    } catch (SQLException failure) {
      List<String> triggers = ForeignTriggers.triggers(connection);
      if (SqliteFailures.isOfTheSchema(failure) && !triggers.isEmpty()) {
        throw ForeignTriggers.cannotRun(file, triggers, failure);
      }
      throw failure;
    }
  }

  /** The rows with these ids, as they are in the transaction at hand. */
  public List<MemoryEntry> read(List<String> ids) throws SQLException {
    return RowReader.byIds(statements().reread(), statements().layout(), ids);
  }

  public LockAcquisition replace(
      Opening opening, LockPurpose purpose, String doing, WriteLock.Whole whole)
      throws InterruptedException {
    return lock.replace(opening, purpose, doing, whole);
  }

  /** As {@link WriteLock#lastRelease}. */
  public long lastRelease() {
    return lock.lastRelease();
  }

  /** As {@link WriteLock#othersWrite}. */
  public boolean othersWrite() {
    return lock.othersWrite();
  }

  /** Re-reads, asks, announces and writes. */
  public Map<String, PatchResult> patch(List<String> ids, BatchPatch patch) throws SQLException {
    Map<String, List<MemoryEntry>> current = new LinkedHashMap<>();
    for (MemoryEntry entry : read(ids)) {
      current.computeIfAbsent(entry.id(), id -> new ArrayList<>(1)).add(entry);
    }
    Map<String, PatchResult> results = new LinkedHashMap<>();
    List<RowWrite> writes = new ArrayList<>();
    for (String id : ids) {
      PatchResult result = decide(current.getOrDefault(id, List.of()), patch);
      results.put(id, result);
      if (result instanceof PatchResult.Written written) {
        writes.add(written.write());
      }
    }
    patch.beforeCommit(List.copyOf(writes));
    for (RowWrite write : writes) {
      if (!writeDerived(write)) {
        PreparedStatement update = statements().update();
        update.setString(1, write.metadata());
        update.setString(2, write.before().id());
        update.executeUpdate();
      }
    }
    return results;
  }

  /**
   * Writes a row and what was derived from it before. The row must have been read under this lock.
   *
   * @return false if nothing was written, because only the triggers can tell what is to be
   */
  private boolean writeDerived(RowWrite write) throws SQLException {
    long version = write.before().version();
    if (!(write.foresight() instanceof DerivedColumns derivation) || version >= HIGHEST_VERSION) {
      return false;
    }
    PreparedStatement derived = statements().derived();
    derived.setInt(1, derivation.flags());
    derived.setString(2, derivation.summary());
    derived.setString(3, write.before().id());
    derived.setLong(4, version);
    if (derived.executeUpdate() != 1) {
      return false;
    }
    PreparedStatement update = statements().updateDerived();
    update.setString(1, write.metadata());
    update.setLong(2, version + 1);
    update.setString(3, write.before().id());
    update.executeUpdate();
    return true;
  }

  private static PatchResult decide(List<MemoryEntry> rows, BatchPatch patch) {
    if (rows.size() != 1) {
      return rows.isEmpty() ? new PatchResult.Missing() : new PatchResult.Duplicate(rows.size());
    }
    String flaw = rows.getFirst().flaw();
    if (flaw != null) {
      return new PatchResult.Unwritable(flaw);
    }
    RowWrite write = patch.writeFor(rows.getFirst());
    return write == null ? new PatchResult.Kept() : new PatchResult.Written(write);
  }

  /** Whether abstracts wait for their index. Reads only. */
  public static boolean hasPendingAbstracts(Connection connection) throws SQLException {
    try (PreparedStatement any =
            connection.prepareStatement("SELECT EXISTS (SELECT 1 FROM memories_abstract_pending)");
        ResultSet row = any.executeQuery()) {
      return row.getBoolean(1);
    }
  }

  /**
   * Indexes a few of the abstracts that wait, or merges a little of their index.
   *
   * @param left set to whether there is more to do
   * @return 0: no memory is written
   */
  public int indexAbstracts(boolean[] left) throws SQLException {
    if (stepsSinceMerge < STEPS_PER_MERGE) {
      statements().unindex().executeUpdate();
      statements().index().executeUpdate();
      if (statements().indexed().executeUpdate() > 0) {
        stepsSinceMerge++;
        left[0] = true;
        return 0;
      }
    }
    long before = totalChanges();
    statements().merge().executeUpdate();
    // So says SQLite: fewer than two changes are no merge.
    boolean merged = totalChanges() - before >= 2;
    left[0] = merged || stepsSinceMerge >= STEPS_PER_MERGE;
    if (!merged) {
      stepsSinceMerge = 0;
    }
    return 0;
  }

  private long totalChanges() throws SQLException {
    try (ResultSet row = statements().changes().executeQuery()) {
      return row.getLong(1);
    }
  }

  /** Adds or replaces rows. */
  public InsertReport insert(List<MemoryEntry> entries, ExistingRows existing) throws SQLException {
    long added = 0;
    long replaced = 0;
    long skipped = 0;
    for (MemoryEntry entry : entries) {
      if (!isThere(entry.id())) {
        write(statements().add(), entry);
        added++;
      } else if (existing == ExistingRows.REPLACE) {
        write(statements().replace(), entry);
        replaced++;
      } else {
        skipped++;
      }
    }
    return new InsertReport(added, replaced, skipped);
  }

  private boolean isThere(String id) throws SQLException {
    PreparedStatement exists = statements().exists();
    exists.setString(1, id);
    try (ResultSet row = exists.executeQuery()) {
      return row.next();
    }
  }

  private static void write(PreparedStatement statement, MemoryEntry entry) throws SQLException {
    statement.setString(1, entry.text());
    statement.setString(2, entry.category());
    statement.setString(3, entry.scope());
    setNullable(statement, 4, entry.importance(), Types.REAL);
    setNullable(statement, 5, entry.timestamp(), Types.INTEGER);
    statement.setString(6, entry.metadata());
    statement.setString(7, entry.id());
    statement.executeUpdate();
  }

  private static void setNullable(
      PreparedStatement statement, int index, @Nullable Number value, int type)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, type);
    } else {
      statement.setObject(index, value);
    }
  }

  @Override
  public void close() throws SQLException {
    lock.close();
  }
}
