package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowSwap;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.facet.Facets;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.interleaving.History.RunKey;
import dev.memoryconsole.upgrade.interleaving.Schedule.Place;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A real store with gates before, in and after the lock. It notes who writes what, and can be made
 * to break its promises, which is how a careless upgrader looks from outside.
 */
final class GatedStore implements MemoryStore, RowInsertion, RowSwap {
  /** A promise to break. */
  enum Fault {
    NONE,
    /** Merges with the metadata as read before the lock. */
    MERGES_WHAT_IT_READ_EARLIER,
    /** Takes the text for what it was before the lock. */
    IGNORES_THE_TEXT,
    /** Puts the row as read before the lock where it was deleted. */
    INSERTS_WHAT_IS_GONE,
    /** Leaves the marker for later. */
    FORGETS_THE_MARKER,
    /** Takes a whole row back, whatever was written since. */
    UNDOES_WHOLE_ROWS
  }

  private static final long LONG_FOR_A_WRITE_MILLIS = 50;

  private final MemoryStore store;
  private final int engine;
  private final History history;
  private final Fault fault;
  private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, MemoryEntry> readEarlier = new ConcurrentHashMap<>();
  private final Map<String, MemoryEntry> lastRead = new ConcurrentHashMap<>();
  private final Map<String, MemoryEntry> beforeUpgrade = new ConcurrentHashMap<>();
  private volatile Gates gates = Gates.NOBODY;

  GatedStore(MemoryStore store, int engine, History history, Fault fault) {
    this.store = store;
    this.engine = engine;
    this.history = history;
    this.fault = fault;
  }

  void play(Gates newGates) {
    gates = newGates;
  }

  @Override
  public List<MemoryEntry> find(Collection<String> ids) {
    List<MemoryEntry> rows = store.find(ids);
    // The engine reads before it enriches and once more before it takes the lock: the careless kind
    // goes by the first.
    rows.forEach(row -> readEarlier.put(row.id(), lastRead.getOrDefault(row.id(), row)));
    rows.forEach(row -> lastRead.put(row.id(), row));
    gates.reached(Place.AFTER_READ);
    return rows;
  }

  @Override
  public List<RowWrite> foresee(List<RowWrite> writes) {
    return store.foresee(writes);
  }

  @Override
  public PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    gates.reached(Place.BEFORE_LOCK);
    CompletableFuture<?> atLock =
        CompletableFuture.runAsync(() -> gates.reached(Place.AT_LOCK), others);
    Watched watched = new Watched(patch, purpose, false);
    PatchReport report;
    try {
      report = store.patch(ids, watched, purpose);
    } finally {
      watched.inLock.join();
      atLock.join();
    }
    if (fault == Fault.INSERTS_WHAT_IS_GONE) {
      insertWhatIsGone(report, patch);
    }
    gates.reached(Place.AFTER_COMMIT);
    return report;
  }

  @Override
  public PatchResult swap(String id, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    gates.reached(Place.BEFORE_LOCK);
    CompletableFuture<?> atLock =
        CompletableFuture.runAsync(() -> gates.reached(Place.AT_LOCK), others);
    Watched watched = new Watched(patch, purpose, true);
    PatchResult result;
    try {
      result = ((RowSwap) store).swap(id, watched, purpose);
    } finally {
      watched.inLock.join();
      atLock.join();
    }
    if (result instanceof PatchResult.Written(RowWrite write)) {
      // Several may have announced this version: only one's swap took effect.
      history.announce(id, versionBefore(write), new RunKey(engine, purpose.run()));
    }
    if (fault == Fault.INSERTS_WHAT_IS_GONE && result instanceof PatchResult.Missing) {
      insertWhatIsGone(id, patch);
    }
    gates.reached(Place.AFTER_COMMIT);
    return result;
  }

  private void insertWhatIsGone(PatchReport report, BatchPatch patch) throws InterruptedException {
    for (Map.Entry<String, PatchResult> result : report.results().entrySet()) {
      if (result.getValue() instanceof PatchResult.Missing) {
        insertWhatIsGone(result.getKey(), patch);
      }
    }
  }

  private void insertWhatIsGone(String id, BatchPatch patch) throws InterruptedException {
    MemoryEntry row = readEarlier.get(id);
    RowWrite write = row == null ? null : patch.writeFor(row);
    if (row != null && write instanceof RowWrite.Change change) {
      insert(List.of(Entries.withMetadata(row, change.metadata())), ExistingRows.REPLACE);
    }
  }

  /** A row that was put back had none. */
  private static long versionBefore(RowWrite write) {
    return switch (write) {
      case RowWrite.Change change -> change.before().version();
      case RowWrite.Removal removal -> removal.before().version();
      case RowWrite.Return _ -> 0;
    };
  }

  private final class Watched implements BatchPatch {
    final BatchPatch patch;
    final LockPurpose purpose;
    final boolean swap;
    CompletableFuture<?> inLock = CompletableFuture.completedFuture(null);

    Watched(BatchPatch patch, LockPurpose purpose, boolean swap) {
      this.patch = patch;
      this.purpose = purpose;
      this.swap = swap;
    }

    @Override
    public @Nullable RowWrite writeFor(MemoryEntry current) {
      MemoryEntry earlier = readEarlier.getOrDefault(current.id(), current);
      boolean undo = purpose.kind() == LockPurpose.Kind.UNDO;
      RowWrite write =
          patch.writeFor(
              switch (fault) {
                case MERGES_WHAT_IT_READ_EARLIER ->
                    Entries.withMetadata(current, earlier.metadata());
                case IGNORES_THE_TEXT -> withText(current, earlier.text());
                default -> current;
              });
      if (write == null) {
        return null;
      }
      if (!undo) {
        beforeUpgrade.put(current.id(), current);
      }
      return switch (fault) {
        case FORGETS_THE_MARKER ->
            write instanceof RowWrite.Change change
                ? new RowWrite.Change(current, withoutMarker(change.metadata()))
                : write;
        case UNDOES_WHOLE_ROWS ->
            undo
                ? new RowWrite.Change(
                    current, beforeUpgrade.getOrDefault(current.id(), current).metadata())
                : write;
        default -> write;
      };
    }

    @Override
    public void reread(Map<String, MemoryEntry> rows) {
      patch.reread(rows);
    }

    @Override
    public RowWrite.@Nullable Return returnOf(String id) {
      return patch.returnOf(id);
    }

    @Override
    public boolean hasUnits() {
      return patch.hasUnits();
    }

    @Override
    public List<String> together(String id) {
      return patch.together(id);
    }

    @Override
    public void beforeCommit(List<RowWrite> writes) {
      patch.beforeCommit(writes);
      if (swap) {
        betweenReadAndSwap();
        return;
      }
      for (RowWrite write : writes) {
        history.announce(write.id(), versionBefore(write), new RunKey(engine, purpose.run()));
      }
      // Whoever writes from here on waits for this very lock.
      inLock = CompletableFuture.runAsync(() -> gates.reached(Place.IN_LOCK), others);
    }

    /** No lock is held here, but after some lost swaps: then whoever writes waits for it. */
    private void betweenReadAndSwap() {
      inLock.join();
      inLock = CompletableFuture.runAsync(() -> gates.reached(Place.IN_LOCK), others);
      try {
        inLock.get(LONG_FOR_A_WRITE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException theLockIsHeld) {
        // It writes after the commit.
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static MemoryEntry withText(MemoryEntry row, String text) {
    return new MemoryEntry(
        row.id(),
        text,
        row.category(),
        row.scope(),
        row.importance(),
        row.timestamp(),
        row.metadata(),
        row.version());
  }

  private static String withoutMarker(@Nullable String metadata) {
    var object = Json.objectOrEmpty(metadata);
    object.remove("upgraded_by");
    return Json.write(object);
  }

  @Override
  public StoreLocation location() {
    return store.location();
  }

  @Override
  public String kind() {
    return store.kind();
  }

  @Override
  public List<MemoryEntry> page(EntryQuery query, int offset, int limit) {
    return store.page(query, offset, limit);
  }

  @Override
  public List<String> ids(EntryQuery query, int limit) {
    return store.ids(query, limit);
  }

  @Override
  public long count(EntryQuery query) {
    return store.count(query);
  }

  @Override
  public Facets facets() {
    return store.facets();
  }

  @Override
  public StoreStats stats() {
    return store.stats();
  }

  @Override
  public InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException {
    return ((RowInsertion) store).insert(entries, existing);
  }

  @Override
  public LockMetrics lockMetrics() {
    return store.lockMetrics();
  }

  @Override
  public void close() {
    others.close();
    store.close();
  }
}
