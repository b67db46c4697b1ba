package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.files.DatabaseInUseException;
import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.RealPaths;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.TellsLockOwner;
import dev.memoryconsole.store.UseUntilClosed;
import dev.memoryconsole.store.Versions;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowSwap;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.facet.Facets;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.sqlite.connection.FileAccess;
import dev.memoryconsole.store.sqlite.connection.HolderFinder;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.inspection.FileInspection;
import dev.memoryconsole.store.sqlite.snapshot.DatabaseCopy;
import dev.memoryconsole.store.sqlite.snapshot.Restoration;
import dev.memoryconsole.store.sqlite.snapshot.SafetyCopy;
import dev.memoryconsole.store.sqlite.write.EntryWriter;
import dev.memoryconsole.store.sqlite.write.InsertBatches;
import dev.memoryconsole.store.sqlite.write.Opening;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Memories in one SQLite file that other programs read and write at the same time; its table is a
 * documented contract ({@code src/docs/sqlite-store.md}).
 *
 * <p>Safe for use by many threads, virtual ones too. Readers never wait for writers.
 */
public final class SqliteStore
    implements MemoryStore, RowInsertion, RowSwap, Restorable, TellsLockOwner {
  private final Path file;
  private final OpenDatabases.Share<StoreFile> share;
  private final StoreFile opened;
  private final Opening opening;
  private final Duration safetyCopyLimit;
  private final ReadPool readers;
  private final Listing listing;
  private final InsertBatches inserts = new InsertBatches();
  private final UseUntilClosed use = new UseUntilClosed(this::closed);

  private SqliteStore(OpenDatabases.Share<StoreFile> share, SqliteOptions options) {
    this.share = share;
    this.opened = share.get();
    this.opening = options.opening();
    this.safetyCopyLimit = options.safetyCopyLimit();
    file = opened.path();
    readers = opened.readers();
    listing = new Listing(opened);
  }

  /** Opens an existing store with {@link SqliteOptions#DEFAULT}. */
  public static SqliteStore open(Path file) {
    return open(file, SqliteOptions.DEFAULT);
  }

  /**
   * Opens an existing store. In a file that this program did not make nothing changes by that, nor
   * by reading; its table of memories is adopted by the first write.
   *
   * <p>A file that may not be written, or whose folder may not, can be looked at.
   *
   * @throws StoreException if the file is no store, or is in use or damaged; its bytes are as
   *     before
   */
  public static SqliteStore open(Path file, SqliteOptions options) {
    Path absolute = RealPaths.of(file);
    return connect(
        absolute,
        options,
        () -> new StoreFile(absolute, false, FileInspection.of(absolute), options));
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
    boolean[] made = new boolean[1];
    SqliteStore store =
        connect(
            absolute,
            options,
            () -> {
              NewFile.prepare(absolute);
              made[0] = true;
              return new StoreFile(absolute, true, FileAccess.WRITABLE, options);
            });
    if (!made[0]) {
      store.close();
      throw NewFile.existsAlready(absolute);
    }
    return store;
  }

  private static SqliteStore connect(
      Path file, SqliteOptions options, OpenDatabases.Opener<StoreFile, SQLException> opener) {
    try {
      return new SqliteStore(OpenDatabases.share(file, StoreFile.class, opener), options);
    } catch (SQLException failure) {
      throw SqliteFailures.of(file, SqliteCode.OPENING, failure);
    } catch (DatabaseInUseException failure) {
      throw new StoreUnavailableException(failure.message(), failure);
    }
  }

  @Override
  public StoreLocation location() {
    return StoreLocation.of(file);
  }

  @Override
  public boolean isAt(StoreLocation place) {
    return place instanceof StoreLocation.OnDisk(Path path)
        && (share.isOf(path) || RealPaths.of(path).equals(file));
  }

  @Override
  public String kind() {
    return "SQLite";
  }

  @Override
  public Optional<LockOwner> lockOwner() {
    return new HolderFinder(file).owner();
  }

  @Override
  public LockMetrics lockMetrics() {
    return opened.metrics();
  }

  @Override
  public List<MemoryEntry> page(EntryQuery query, int offset, int limit) {
    return use.run(() -> listing.page(query, offset, limit));
  }

  @Override
  public List<String> ids(EntryQuery query, int limit) {
    return use.run(() -> listing.ids(query, limit));
  }

  @Override
  public List<String> list(EntryQuery query, int first, Consumer<List<MemoryEntry>> onFirst) {
    return use.run(() -> listing.list(query, first, onFirst));
  }

  @Override
  public long count(EntryQuery query) {
    return use.run(() -> listing.count(query));
  }

  @Override
  public List<MemoryEntry> find(Collection<String> ids) {
    return use.run(() -> listing.find(ids));
  }

  @Override
  public long changeMark() {
    return use.run(opened::changeMark);
  }

  @Override
  public Optional<Versions> versions() {
    return use.run(listing::versions);
  }

  @Override
  public StoreStats stats() {
    return use.run(listing::totals);
  }

  @Override
  public Optional<Message> remainsOfDeleted() {
    return Optional.of(SqliteCode.REMAINS_OF_DELETED.with());
  }

  @Override
  public boolean isIndexed() {
    return use.run(listing::totalsAreKept);
  }

  @Override
  public Facets facets() {
    return new SqliteFacets(opened, use);
  }

  @Override
  public List<RowWrite> foresee(List<RowWrite> writes) {
    return use.run(
        () ->
            readers.read(
                SqliteCode.READING, connection -> EntryWriter.foresee(writes, connection)));
  }

  @Override
  public PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    return writing(side -> side.entries(opening).patch(ids, patch, purpose));
  }

  @Override
  public PatchResult swap(String id, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    return writing(side -> side.entries(opening).swap(id, patch, purpose));
  }

  @Override
  public void pacedBy(LockPacing other) {
    opened.pacedBy(other);
  }

  @Override
  public OtherWriters otherWriters() {
    return use.run(opened::otherWriters);
  }

  @Override
  public Optional<Message> writeRefusal() {
    return use.run(opened::writeRefusal);
  }

  @Override
  public List<Message> remarks() {
    return use.run(opened::remarks);
  }

  @Override
  public InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException {
    return inserts.add(
        entries,
        batch ->
            writing(WriteSide::afterInsert, side -> side.entries(opening).insert(batch, existing)));
  }

  @Override
  public long snapshotBytes() {
    return use.run(() -> readers.read(SqliteCode.TAKING_SNAPSHOT, DatabaseCopy::bytes));
  }

  @Override
  public void snapshotTo(Path target, SnapshotProgress progress) throws InterruptedException {
    use.runInterruptibly(
        () -> {
          new DatabaseCopy(file, opening::isClosing, progress).copy(target);
          return target;
        });
  }

  @Override
  public LockAcquisition restoreFrom(
      Path snapshot, Path safety, RestoreGuard guard, SnapshotProgress progress)
      throws InterruptedException {
    return writing(
        side -> {
          try (SafetyCopy before =
                  SafetyCopy.take(
                      file, safety, opening::isClosing, safetyCopyLimit, progress.half(0));
              Restoration restoration =
                  Restoration.prepare(snapshot, file, opening::isClosing, progress.half(1))) {
            return restoration.run(before, guard, side.writer(), opening);
          }
        });
  }

  private interface Writing<T> {
    T with(WriteSide side) throws InterruptedException;
  }

  private <T> T writing(Writing<T> work) throws InterruptedException {
    return writing(WriteSide::afterCommit, work);
  }

  private <T> T writing(Consumer<WriteSide> afterwards, Writing<T> work)
      throws InterruptedException {
    return use.runInterruptibly(
        () -> {
          // Some systems let a file be removed or replaced that is in use, and SQLite goes on
          // writing into what nobody will ever see again.
          if (!share.isOf(file)) {
            throw new StoreUnavailableException(SqliteCode.REPLACED.with(file));
          }
          WriteSide side = opened.writeSide();
          T result = work.with(side);
          afterwards.accept(side);
          return result;
        });
  }

  private StoreException closed() {
    return new StoreException(SqliteCode.CLOSED.with(file));
  }

  /** Waits for what runs, and gives up what waits for the lock. */
  @Override
  public void close() {
    opening.refuseFromNowOn();
    use.close(
        () -> {
          try {
            share.close();
          } catch (IOException failure) {
            throw failure.getCause() instanceof SQLException cause
                ? SqliteFailures.of(file, SqliteCode.CLOSING, cause)
                : new StoreException(SqliteCode.NOT_CLOSED.with(file), failure);
          }
        });
  }
}
