package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockEvent;
import dev.memoryconsole.lock.LockMetrics;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.BatchPatch;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.store.InsertReport;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.PatchReport;
import dev.memoryconsole.store.PatchResult;
import dev.memoryconsole.store.RealPaths;
import dev.memoryconsole.store.RowSwap;
import dev.memoryconsole.store.RowWrite;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreStats;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Memories in one SQLite file that other programs read and write at the same time; its table is a
 * documented contract ({@code src/docs/sqlite-store.md}).
 *
 * <p>Safe for use by many threads, virtual ones too. Readers never wait for writers.
 */
public final class SqliteStore implements MemoryStore {
  private static final int INSERT_BATCH = 200;

  private final Path file;
  private final LockMetrics metrics;
  private final ReadPool readers;
  private final Writer writer;
  private final Checkpointer checkpointer;
  private final AbstractIndexer indexer;
  // Operations share it; close takes it alone.
  private final ReentrantReadWriteLock running = new ReentrantReadWriteLock();
  private boolean closed;

  private SqliteStore(Path file, boolean create, SqliteOptions options) throws SQLException {
    this.file = file;
    metrics = new LockMetrics(file.toString(), options.clock());
    writer = Writer.open(file, create, options, metrics);
    readers = new ReadPool(file);
    checkpointer = new Checkpointer(file);
    indexer = new AbstractIndexer(writer, readers, checkpointer);
  }

  /** Opens an existing store with {@link SqliteOptions#DEFAULT}. */
  public static SqliteStore open(Path file) {
    return open(file, SqliteOptions.DEFAULT);
  }

  /**
   * Opens an existing store. A table of memories that another program made is adopted: it gets what
   * it lacks of the contract, in one transaction.
   *
   * @throws StoreException if the file is no store, or is in use, damaged or read-only; its bytes
   *     are as before
   */
  public static SqliteStore open(Path file, SqliteOptions options) {
    Path absolute = RealPaths.of(file);
    Inspection.of(absolute);
    return connect(absolute, false, options);
  }

  /** Creates an empty store with {@link SqliteOptions#DEFAULT}. */
  public static SqliteStore create(Path file) {
    return create(file, SqliteOptions.DEFAULT);
  }

  /**
   * Creates an empty store.
   *
   * @throws StoreException if there is a file already that is not empty, or none can be made there
   */
  public static SqliteStore create(Path file, SqliteOptions options) {
    Path absolute = RealPaths.of(file);
    NewFile.prepare(absolute);
    return connect(absolute, true, options);
  }

  /** True if the file begins as every SQLite database does; false if it cannot be read. */
  public static boolean looksLikeSqlite(Path file) {
    return Inspection.hasMagic(file);
  }

  private static SqliteStore connect(Path file, boolean create, SqliteOptions options) {
    try {
      return new SqliteStore(file, create, options);
    } catch (SQLException failure) {
      throw Problems.of(file, "open the store", failure);
    }
  }

  @Override
  public Path path() {
    return file;
  }

  @Override
  public String kind() {
    return "SQLite";
  }

  @Override
  public LockMetrics lockMetrics() {
    return metrics;
  }

  @Override
  public List<MemoryEntry> page(EntryQuery query, int offset, int limit) {
    if (!query.words().isBlank()) {
      indexer.wake();
    }
    return whileOpen(
        () ->
            readers.read(
                "read memories",
                connection -> {
                  List<String> ids;
                  try (PreparedStatement wanted =
                      new QuerySql(query).ids(connection, offset, limit)) {
                    ids = strings(wanted);
                  }
                  try (PreparedStatement rows = connection.prepareStatement(Rows.BY_IDS)) {
                    return Rows.byIds(rows, ids);
                  }
                }));
  }

  @Override
  public List<String> ids(EntryQuery query, int limit) {
    return whileOpen(
        () ->
            readers.read(
                "read memories",
                connection -> {
                  try (PreparedStatement wanted = new QuerySql(query).ids(connection, 0, limit)) {
                    return strings(wanted);
                  }
                }));
  }

  @Override
  public long count(EntryQuery query) {
    return whileOpen(
        () ->
            readers.read(
                "count memories",
                connection -> {
                  try (PreparedStatement count = new QuerySql(query).count(connection);
                      ResultSet row = count.executeQuery()) {
                    return row.getLong(1);
                  }
                }));
  }

  @Override
  public List<MemoryEntry> find(Collection<String> ids) {
    return whileOpen(
        () ->
            readers.read(
                "read memories",
                connection -> {
                  try (PreparedStatement rows = connection.prepareStatement(Rows.BY_IDS)) {
                    return Rows.byIds(rows, new LinkedHashSet<>(ids));
                  }
                }));
  }

  @Override
  public StoreStats stats() {
    return whileOpen(() -> readers.read("count memories", Totals::of));
  }

  @Override
  public List<RowWrite> foresee(List<RowWrite> writes) {
    return whileOpen(
        () -> readers.read("read memories", connection -> Derivation.of(writes, connection)));
  }

  @Override
  public PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    Map<String, PatchResult> results = new LinkedHashMap<>();
    LockEvent lock =
        writing(
            () ->
                writer.hold(
                    purpose,
                    "write the memories",
                    () -> {
                      results.putAll(writer.patch(ids, patch));
                      return (int)
                          results.values().stream()
                              .filter(PatchResult.Written.class::isInstance)
                              .count();
                    }));
    return new PatchReport(results, lock);
  }

  @Override
  public Optional<RowSwap> rowSwap() {
    return Optional.of(this::swap);
  }

  private PatchResult swap(String id, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    running.readLock().lockInterruptibly();
    try {
      refuseIfClosed();
      PatchResult result = new Swap(writer, id, patch, purpose).run();
      afterCommit();
      return result;
    } finally {
      running.readLock().unlock();
    }
  }

  @Override
  public OtherWriters otherWriters() {
    return whileOpen(writer::others);
  }

  @Override
  public InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException {
    InsertReport total = new InsertReport(0, 0, 0);
    List<MemoryEntry> batch = new ArrayList<>(INSERT_BATCH);
    for (MemoryEntry entry : entries) {
      batch.add(entry);
      if (batch.size() == INSERT_BATCH) {
        total = total.plus(insertBatch(batch, existing));
        batch.clear();
      }
    }
    return batch.isEmpty() ? total : total.plus(insertBatch(batch, existing));
  }

  private InsertReport insertBatch(List<MemoryEntry> batch, ExistingRows existing)
      throws InterruptedException {
    InsertReport[] report = new InsertReport[1];
    writing(
        () ->
            writer.hold(
                LockPurpose.of(LockPurpose.Kind.IMPORT),
                "add the memories",
                () -> {
                  report[0] = writer.insert(batch, existing);
                  return (int) (report[0].added() + report[0].replaced());
                }));
    return report[0];
  }

  @Override
  public void snapshotTo(Path target, SnapshotProgress progress) throws InterruptedException {
    running.readLock().lockInterruptibly();
    try {
      refuseIfClosed();
      new Copier(file, writer::isClosing, progress).copy(target);
    } finally {
      running.readLock().unlock();
    }
  }

  @Override
  public LockEvent restoreFrom(Path snapshot, SnapshotProgress progress)
      throws InterruptedException {
    return writing(
        () -> {
          try (Restoration restoration =
              Restoration.prepare(snapshot, file, writer::isClosing, progress)) {
            return writer.replace(
                LockPurpose.of(LockPurpose.Kind.RESTORE),
                Restoration.DOING,
                restoration::intoStore);
          }
        });
  }

  private interface Writing {
    LockEvent run() throws InterruptedException;
  }

  private LockEvent writing(Writing work) throws InterruptedException {
    running.readLock().lockInterruptibly();
    try {
      refuseIfClosed();
      LockEvent event = work.run();
      afterCommit();
      return event;
    } finally {
      running.readLock().unlock();
    }
  }

  private void afterCommit() {
    checkpointer.afterCommit(writer.othersWrite());
    indexer.wake();
  }

  private <T> T whileOpen(Supplier<T> work) {
    running.readLock().lock();
    try {
      refuseIfClosed();
      return work.get();
    } finally {
      running.readLock().unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new StoreException("The store %s is closed; open it again.".formatted(file));
    }
  }

  private static List<String> strings(PreparedStatement statement) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }

  /** Waits for what runs, and gives up what waits for the lock. */
  @Override
  public void close() {
    writer.refuseFromNowOn();
    running.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      // The writer last: the last one out moves the log into the file and removes it.
      indexer.close();
      readers.close();
      checkpointer.close();
      writer.close();
    } catch (SQLException failure) {
      throw Problems.of(file, "close the store", failure);
    } finally {
      running.writeLock().unlock();
    }
  }
}
