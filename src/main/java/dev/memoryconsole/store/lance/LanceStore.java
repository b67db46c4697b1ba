package dev.memoryconsole.store.lance;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.HasOwnLock;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.UseUntilClosed;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.facet.Facets;
import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.format.Manifest;
import dev.memoryconsole.store.lance.read.Catalog;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.Handles;
import dev.memoryconsole.store.lance.table.LanceProblems;
import dev.memoryconsole.store.lance.table.PluginFolder;
import dev.memoryconsole.store.lance.table.Scans;
import dev.memoryconsole.store.lance.table.Shape;
import dev.memoryconsole.store.lance.table.VanishedException;
import dev.memoryconsole.store.scan.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.lance.Dataset;
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
public final class LanceStore implements MemoryStore, Restorable, HasOwnLock {
  private static final Duration SETTLING = Duration.ofSeconds(3);
  private static final Logger LOG = LoggerFactory.getLogger(LanceStore.class);
  private static final int GENTLE_MILLIS = 100;
  private static final LanceCode READING = LanceCode.READING;
  private static final int MOST_ATTEMPTS = 3;
  private static final Duration OTHERS_LOOK_AGAIN = Duration.ofSeconds(1);

  private final PluginFolder folder;
  private final LockMetrics metrics;
  private final BufferAllocator allocator;
  private final Dataset lookup;
  private final Survey survey;
  private final Admission admission;
  private final Shape shape;
  private final Supplier<Optional<Message>> doubt;
  private final List<Duration> looks;
  private final LanceWriter writer;
  private final UseUntilClosed use;

  private LanceStore(Handles handles, LanceOptions options) {
    folder = handles.folder();
    use = new UseUntilClosed(() -> LanceProblems.closed(folder.root()));
    allocator = handles.allocator();
    admission = handles.admission();
    shape = handles.shape();
    metrics = new LockMetrics(folder.root().toString(), options.clock());
    lookup = handles.lookup();
    survey = new Survey(folder, new Catalog(handles.survey(), admission, shape));
    doubt = options.doubt();
    looks = options.looks();
    writer = new LanceWriter(handles, options, metrics);
  }

  /**
   * The plugin's directory, told from itself or from the table in it; empty if the path is neither.
   * Looks at names only.
   */
  public static Optional<Path> rootOf(Path path) {
    return PluginFolder.of(path).map(PluginFolder::root);
  }

  /**
   * Whether a store still keeps what one of its snapshots names. Looks at files only; no store
   * needs to be open or there.
   *
   * @param snapshot the snapshot's file; true for one that is no snapshot of such a store
   */
  public static boolean keeps(Path store, Path snapshot) {
    return PluginFolder.of(store)
        .map(folder -> LanceSnapshot.isKept(folder, snapshot))
        .orElse(true);
  }

  /**
   * Who has taken the lock directory of a store before, as far as the file shows it is named for.
   */
  public static LockTrace lockTrace(Path store) {
    return PluginFolder.of(store)
        .map(folder -> LockTrace.of(folder.lockTarget()))
        .orElse(LockTrace.NONE);
  }

  /**
   * Opens an existing store: the plugin's directory, or the table in it. Nothing is written. The
   * native library is loaded if that has not been done yet, which takes a second when it has to be
   * unpacked first.
   *
   * @throws StoreException if it is no store of the plugin's, or this platform can't open one
   */
  public static LanceStore open(Path path, LanceOptions options) {
    return new LanceStore(Handles.open(path, options.nativeFolder()), options);
  }

  @Override
  public StoreLocation location() {
    return StoreLocation.of(folder.root());
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
  public List<Duration> laterLooks() {
    return looks;
  }

  @Override
  public LockMetrics lockMetrics() {
    return metrics;
  }

  @Override
  public LockInspection lockInspection() {
    return writer.lockInspection();
  }

  @Override
  public Optional<Message> writeRefusal() {
    return reading(
        LanceCode.LOOKING_AT_STORE,
        () -> {
          admission.toLatest(lookup);
          return writer.refusal(lookup.version());
        });
  }

  @Override
  public Optional<Message> remainsOfDeleted() {
    return Optional.of(LanceCode.REMAINS_OF_DELETED.with());
  }

  /** Says nothing of an empty store: nobody had a reason to lock it. */
  @Override
  public Optional<Message> doubt() {
    return doubt.get().filter(message -> stats().total() > 0);
  }

  @Override
  public List<MemoryEntry> page(EntryQuery query, int offset, int limit) {
    return surveying(
        READING,
        catalog ->
            catalog.entries(catalog.matching(query).stream().skip(offset).limit(limit).toList()));
  }

  @Override
  public List<String> ids(EntryQuery query, int limit) {
    return surveying(READING, catalog -> idsOf(catalog, query, limit));
  }

  private static List<String> idsOf(Catalog catalog, EntryQuery query, int limit) throws Exception {
    return catalog.matching(query).stream().map(Row::id).limit(limit).toList();
  }

  @Override
  public List<String> inventory(EntryQuery query, int limit) throws InterruptedException {
    return use.runInterruptibly(
        () -> {
          for (int attempt = 1; ; attempt++) {
            // Under the lock it is only noted which version has everything; it is read afterwards.
            long complete = writer.quietVersion();
            try {
              return survey.of(complete, READING, catalog -> idsOf(catalog, query, limit));
            } catch (VanishedException cleanedUp) {
              if (attempt == MOST_ATTEMPTS) {
                throw cleanedUp;
              }
            }
          }
        });
  }

  @Override
  public long count(EntryQuery query) {
    return surveying(LanceCode.COUNTING, catalog -> (long) catalog.matching(query).size());
  }

  @Override
  public List<MemoryEntry> find(Collection<String> ids) {
    return reading(
        READING,
        () -> {
          if (ids.isEmpty()) {
            return List.of();
          }
          admission.toLatest(lookup);
          return Scans.byIds(lookup, shape, ids);
        });
  }

  /** Reads whole what is to be deleted. */
  @Override
  public List<RowWrite> foresee(List<RowWrite> writes) {
    return reading(READING, () -> Batch.foresee(admission, lookup, allocator, writes));
  }

  /** The latest version, by the names of files alone. */
  @Override
  public long changeMark() {
    return reading(READING, () -> Manifest.latest(folder.dataset()).orElse(0));
  }

  @Override
  public StoreStats stats() {
    return surveying(LanceCode.COUNTING, Catalog::totals);
  }

  @Override
  public Facets facets() {
    return new LanceFacets(folder, use, survey, admission, lookup, shape);
  }

  @Override
  public PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    return use.runInterruptibly(() -> writer.patch(ids, patch, purpose));
  }

  @Override
  public OtherWriters otherWriters() {
    return writer.others();
  }

  @Override
  public void pacedBy(LockPacing pacing) {
    writer.pacedBy(pacing);
  }

  /** The plugin's shortest. */
  @Override
  public Duration othersLookAgain() {
    return OTHERS_LOOK_AGAIN;
  }

  /** The plugin looks at the lock at a few instants only: what matters to it is how seldom. */
  @Override
  public int gentleHoldMillis() {
    return GENTLE_MILLIS;
  }

  @Override
  public void snapshotTo(Path file, SnapshotProgress progress) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    LanceSnapshot snapshot =
        reading(
            LanceCode.TAKING_SNAPSHOT,
            () -> {
              admission.toLatest(lookup);
              return LanceSnapshot.of(folder, lookup);
            });
    snapshot.writeTo(file);
    progress.copied(1, 1);
    if (Thread.interrupted()) {
      LanceSnapshot.remove(file);
      throw new InterruptedException();
    }
  }

  @Override
  public LockAcquisition restoreFrom(
      Path file, Path safety, RestoreGuard guard, SnapshotProgress progress)
      throws InterruptedException {
    LanceSnapshot snapshot = LanceSnapshot.read(file.toAbsolutePath());
    return use.runInterruptibly(
        () -> {
          LockAcquisition lock = writer.restore(snapshot, safety, guard);
          progress.copied(1, 1);
          return lock;
        });
  }

  private <T> T surveying(LanceCode doing, Survey.Work<T> work) {
    return reading(doing, () -> survey.ofLatest(doing, work));
  }

  private <T> T reading(LanceCode doing, Callable<T> work) {
    return use.run(() -> LanceProblems.again(folder, doing, work));
  }

  /** Native memory in use, in bytes; 0 when nothing is at work. */
  long allocatedBytes() {
    return allocator.getAllocatedMemory();
  }

  /** Waits for what runs, and gives up what waits for the lock. */
  @Override
  public void close() {
    writer.refuseFromNowOn();
    use.close(
        () -> {
          try {
            writer.close();
            survey.close();
            lookup.close();
            allocator.close();
          } catch (IllegalStateException leak) {
            LOG.error("Native memory of {} was not given back", folder.root(), leak);
          }
        });
  }
}
