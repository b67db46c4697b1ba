package dev.memoryconsole.store.lance;

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
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.lance.Dataset;
import org.lance.ReadOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memories in the live directory of the plugin memory-lancedb-pro, which reads and writes it at the
 * same time; what the two owe each other is in {@code src/docs/lance-store.md}.
 *
 * <p>Safe for use by many threads, virtual ones too. Readers never wait for writers; they see what
 * was committed last, by whomever. Rows that the plugin has deleted and not yet added again are
 * missing for a reader, but never for {@link #inventory}.
 */
public final class LanceStore implements MemoryStore {
  private static final Duration SETTLING = Duration.ofSeconds(3);
  private static final Logger LOG = LoggerFactory.getLogger(LanceStore.class);
  private static final long CACHE_BYTES = 64L << 20;
  private static final int HANDLES = 4;
  private static final int GENTLE_MILLIS = 100;

  private final Location location;
  private final LockMetrics metrics;
  private final BufferAllocator allocator;
  // Four of one dataset, because each is at one version: where rows are looked up by id, where
  // they are counted and listed, where they are written, and where they are read before that.
  private final Dataset lookup;
  private final Dataset survey;
  private final Catalog catalog;
  private final ReentrantLock surveying = new ReentrantLock(true);
  private final Writer writer;
  // Operations share it; close takes it alone.
  private final ReentrantReadWriteLock running = new ReentrantReadWriteLock();
  private boolean closed;

  private LanceStore(
      Location location, LanceOptions options, BufferAllocator allocator, List<Dataset> handles) {
    this.location = location;
    this.allocator = allocator;
    metrics = new LockMetrics(location.root().toString(), options.clock());
    lookup = handles.get(0);
    survey = handles.get(1);
    catalog = new Catalog(survey);
    writer = new Writer(location, options, allocator, handles.get(2), handles.get(3), metrics);
  }

  /**
   * The plugin's directory, told from itself or from the table in it; empty if the path is neither.
   * Looks at names only.
   */
  public static Optional<Path> rootOf(Path path) {
    return Location.of(path).map(Location::root);
  }

  /**
   * Opens an existing store: the plugin's directory, or the table in it. Nothing is written. The
   * native library is loaded if that has not been done yet, which takes a second when it has to be
   * unpacked first.
   *
   * @throws StoreException if it is no store of the plugin's, or this platform can't open one
   */
  public static LanceStore open(Path path, LanceOptions options) {
    Location location = Inspection.locate(path);
    NativeLibrary.load(options.nativeFolder());
    BufferAllocator allocator = new RootAllocator();
    List<Dataset> handles = new ArrayList<>(HANDLES);
    boolean opened = false;
    try {
      for (int i = 0; i < HANDLES; i++) {
        handles.add(connect(location, allocator));
      }
      Inspection.accept(location.root(), handles.getFirst().getSchema());
      LanceStore store = new LanceStore(location, options, allocator, handles);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        handles.forEach(Dataset::close);
        allocator.close();
      }
    }
  }

  private static Dataset connect(Location location, BufferAllocator allocator) {
    try {
      return Dataset.open()
          .allocator(allocator)
          .uri(location.dataset().toString())
          .readOptions(
              new ReadOptions.Builder()
                  .setIndexCacheSizeBytes(CACHE_BYTES)
                  .setMetadataCacheSizeBytes(CACHE_BYTES)
                  .build())
          .build();
    } catch (RuntimeException e) {
      throw Problems.of(location.root(), "open the store", e);
    }
  }

  @Override
  public Path path() {
    return location.root();
  }

  @Override
  public String kind() {
    return "LanceDB";
  }

  /** The plugin reads some rows before it takes the lock, and writes them back as they were. */
  @Override
  public Duration settling() {
    return SETTLING;
  }

  @Override
  public LockMetrics lockMetrics() {
    return metrics;
  }

  @Override
  public Optional<Path> lockTarget() {
    return Optional.of(location.lockTarget());
  }

  @Override
  public Optional<String> writeRefusal() {
    return reading(
        "look at the store",
        () -> {
          lookup.checkoutLatest();
          return writer.refusal(lookup.version());
        });
  }

  @Override
  public List<MemoryEntry> page(EntryQuery query, int offset, int limit) {
    return surveying(
        "read memories",
        () -> {
          List<Row> rows = catalog.matching(query);
          int from = Math.min(offset, rows.size());
          int to = (int) Math.min(rows.size(), (long) from + limit);
          return catalog.entries(rows.subList(from, to));
        });
  }

  @Override
  public List<String> ids(EntryQuery query, int limit) {
    return surveying("read memories", () -> idsOf(query, limit));
  }

  private List<String> idsOf(EntryQuery query, int limit) throws Exception {
    return catalog.matching(query).stream().map(Row::id).limit(limit).toList();
  }

  @Override
  public List<String> inventory(EntryQuery query, int limit) throws InterruptedException {
    // What takes long is done before, so that under the lock little is left to read.
    surveying("read memories", () -> true);
    running.readLock().lockInterruptibly();
    try {
      refuseIfClosed();
      return writer.quietly(() -> surveying("read memories", () -> idsOf(query, limit)));
    } finally {
      running.readLock().unlock();
    }
  }

  @Override
  public long count(EntryQuery query) {
    return surveying("count memories", () -> (long) catalog.matching(query).size());
  }

  @Override
  public List<MemoryEntry> find(Collection<String> ids) {
    return reading(
        "read memories",
        () -> {
          if (ids.isEmpty()) {
            return List.of();
          }
          lookup.checkoutLatest();
          return Scans.byIds(lookup, ids);
        });
  }

  @Override
  public StoreStats stats() {
    return surveying("count memories", () -> Totals.of(catalog.all()));
  }

  @Override
  public PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    running.readLock().lockInterruptibly();
    try {
      refuseIfClosed();
      return writer.patch(ids, patch, purpose);
    } finally {
      running.readLock().unlock();
    }
  }

  @Override
  public OtherWriters otherWriters() {
    return writer.others();
  }

  /** The plugin looks at the lock at a few instants only: what matters to it is how seldom. */
  @Override
  public int gentleHoldMillis() {
    return GENTLE_MILLIS;
  }

  /** Always refused: a row needs a vector, and only the plugin can make one. */
  @Override
  public InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing) {
    throw new StoreException(
        "Nothing can be imported into %s, because each memory there needs a vector that only the plugin can make; nothing was changed, let the plugin import the file or import it into a store of its own."
            .formatted(location.root()));
  }

  @Override
  public void snapshotTo(Path file, SnapshotProgress progress) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    LanceSnapshot snapshot =
        reading(
            "take a snapshot",
            () -> {
              lookup.checkoutLatest();
              return LanceSnapshot.of(location, lookup);
            });
    snapshot.writeTo(file);
    progress.copied(1, 1);
    if (Thread.interrupted()) {
      remove(file);
      throw new InterruptedException();
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The unfinished snapshot {} can't be removed", file, e);
    }
  }

  @Override
  public LockEvent restoreFrom(Path file, SnapshotProgress progress) throws InterruptedException {
    LanceSnapshot snapshot = LanceSnapshot.read(file.toAbsolutePath());
    running.readLock().lockInterruptibly();
    try {
      refuseIfClosed();
      LockEvent lock = writer.restore(snapshot);
      progress.copied(1, 1);
      return lock;
    } finally {
      running.readLock().unlock();
    }
  }

  /** Runs with the catalog at the latest version. */
  private <T> T surveying(String doing, Callable<T> work) {
    return reading(
        doing,
        () ->
            alone(
                doing,
                () -> {
                  catalog.refresh();
                  return work.call();
                }));
  }

  private <T> T alone(String doing, Callable<T> work) {
    surveying.lock();
    try {
      return work.call();
    } catch (Exception e) {
      throw Problems.of(location.root(), doing, e);
    } finally {
      surveying.unlock();
    }
  }

  private <T> T reading(String doing, Callable<T> work) {
    running.readLock().lock();
    try {
      refuseIfClosed();
      return work.call();
    } catch (Exception e) {
      throw Problems.of(location.root(), doing, e);
    } finally {
      running.readLock().unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw Problems.closed(location.root());
    }
  }

  /** Native memory in use, in bytes; 0 when nothing is at work. */
  long allocatedBytes() {
    return allocator.getAllocatedMemory();
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
      writer.close();
      survey.close();
      lookup.close();
      allocator.close();
    } catch (IllegalStateException leak) {
      LOG.error("Native memory of {} was not given back", location.root(), leak);
    } finally {
      running.writeLock().unlock();
    }
  }
}
