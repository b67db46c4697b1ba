package dev.memoryconsole.store.lance;

import dev.memoryconsole.lock.AgreedLock;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCompromisedException;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.StoreLock;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.batch.BatchDecision;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.Handles;
import dev.memoryconsole.store.lance.table.LanceProblems;
import dev.memoryconsole.store.lance.table.PluginFolder;
import dev.memoryconsole.store.lance.table.VanishedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes under the plugin's lock. Safe for use by many threads: the lock lets one in at a time. */
final class LanceWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LanceWriter.class);
  private static final LanceCode WRITING = LanceCode.WRITING;

  /** A batch that others get in the way of, although they should not, is tried again. */
  private static final int MOST_ATTEMPTS = 3;

  private final PluginFolder folder;
  private final LanceOptions options;
  private final BufferAllocator allocator;
  private final Dataset dataset;
  private final Dataset ahead;
  private final AgreedLock lock;
  private volatile boolean refusing;
  // Whether a commit may have taken effect. Used by the holder of the lock.
  private boolean sent;
  // Lets one at a time use what is read ahead from.
  private final ReentrantLock reading = new ReentrantLock(true);
  private final Admission admission;
  private final KnownVersions versions;

  LanceWriter(Handles handles, LanceOptions options, LockMetrics metrics) {
    this.folder = handles.folder();
    this.options = options;
    this.admission = handles.admission();
    this.versions = new KnownVersions(folder, handles.shape(), options.otherLock());
    this.allocator = handles.allocator();
    this.dataset = handles.target();
    this.ahead = handles.ahead();
    this.lock = options.locks().open(folder.lockTarget(), metrics, options.clock());
    lock.watchOthers();
  }

  private AgreedLock lock() {
    if (refusing) {
      throw LanceProblems.closed(folder.root());
    }
    return lock;
  }

  /** What is done under the lock. */
  private interface Work<T> {
    /** Does it. */
    T under(StoreLock.Held held) throws Exception;
  }

  /** A result and the acquisition that it took. */
  private record Outcome<T>(T result, LockAcquisition lock) {}

  /** Why nothing may be written now; empty if it may. */
  Optional<Message> refusal(long version) {
    return versions.refusal(version);
  }

  PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    versions.check();
    try (Batch batch = readAhead(ids)) {
      lock.awaitMoment();
      refreshAhead(batch);
      Outcome<BatchDecision> done = hold(purpose, WRITING, held -> write(batch, ids, patch, held));
      return new PatchReport(done.result().results(), done.lock());
    }
  }

  /** Reads before the lock what hardly anybody will change until it is had. */
  private Batch readAhead(List<String> ids) throws InterruptedException {
    return ahead(() -> Batch.read(ahead, allocator, ids));
  }

  private void refreshAhead(Batch batch) throws InterruptedException {
    boolean unused =
        ahead(
            () -> {
              batch.refresh(ahead);
              return true;
            });
  }

  private <T> T ahead(Callable<T> work) throws InterruptedException {
    reading.lockInterruptibly();
    try {
      return LanceProblems.again(
          folder,
          WRITING,
          () -> {
            admission.toLatest(ahead);
            versions.check(ahead.version());
            return work.call();
          });
    } finally {
      reading.unlock();
    }
  }

  private BatchDecision write(Batch batch, List<String> ids, BatchPatch patch, StoreLock.Held held)
      throws Exception {
    BatchDecision decision = BatchDecision.take(ids, new Locked(batch, held), patch);
    held.wrote(decision.written());
    return decision;
  }

  /** A batch under the lock. */
  private final class Locked implements BatchDecision.LockedRows<Exception> {
    private final Batch batch;
    private final StoreLock.Held held;

    Locked(Batch batch, StoreLock.Held held) {
      this.batch = batch;
      this.held = held;
    }

    @Override
    public void reread() throws Exception {
      versions.check(dataset.version());
      batch.refresh(dataset);
    }

    @Override
    public int count(String id) {
      return batch.count(id);
    }

    @Override
    public MemoryEntry only(String id) {
      return batch.only(id);
    }

    @Override
    public RowImage image(String id) throws Exception {
      return batch.image(id);
    }

    @Override
    public @Nullable Message flaw(RowWrite write) throws Exception {
      return batch.flaw(write);
    }

    @Override
    public void write(List<RowWrite> writes) throws Exception {
      held.checkNotCompromised();
      versions.made(commit(batch, writes));
    }
  }

  /**
   * Only a conflict is sure to have left everything as it was; whatever else fails from here on may
   * not.
   */
  private long commit(Batch batch, List<RowWrite> writes) throws Exception {
    sent = true;
    try {
      return batch.commit(dataset, writes);
    } catch (Exception e) {
      sent = !LanceProblems.isConflict(e);
      throw e;
    }
  }

  /**
   * The version of the table while nobody is in the middle of a write: nothing is missing in it.
   */
  long quietVersion() throws InterruptedException {
    return hold(
            LockPurpose.of(LockPurpose.Kind.OTHER),
            LanceCode.LOOKING_AT_MEMORIES,
            held -> {
              held.wrote(0);
              return dataset.version();
            })
        .result();
  }

  /** Makes an older version the latest one. */
  LockAcquisition restore(LanceSnapshot snapshot, Path safety, RestoreGuard guard)
      throws InterruptedException {
    versions.check();
    try (Restoration restoration = new Restoration(folder, admission, snapshot, safety, guard)) {
      restoration.announce(ahead(() -> LanceSnapshot.of(folder, ahead)));
      return hold(
              LockPurpose.of(LockPurpose.Kind.RESTORE),
              LanceCode.RESTORING,
              held -> {
                versions.check(dataset.version());
                versions.made(restoration.into(dataset, held));
                return true;
              })
          .lock();
    }
  }

  /** Looks at the lock from outside. */
  LockInspection lockInspection() {
    return lock.inspection();
  }

  /** Has the moment for the lock chosen by this. */
  void pacedBy(LockPacing pacing) {
    lock.pacedBy(pacing);
  }

  /** What is known of others who write. */
  OtherWriters others() {
    return versions.others();
  }

  private <T> Outcome<T> hold(LockPurpose purpose, LanceCode doing, Work<T> work)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(purpose, doing, work);
      } catch (Overtaken e) {
        if (attempt == MOST_ATTEMPTS) {
          throw new StoreException(e.message(), e);
        }
        LOG.warn("Overtaken in {}, trying again", folder.root(), e);
      }
    }
  }

  private <T> Outcome<T> once(LockPurpose purpose, LanceCode doing, Work<T> work)
      throws InterruptedException {
    StoreLock.Held held;
    try {
      held = lock().acquire(purpose, options.lockPatience());
    } catch (LockException e) {
      throw new StoreUnavailableException(e.message(), e);
    }
    T result;
    sent = false;
    try {
      admission.toLatest(dataset);
      versions.seen(dataset.version());
      result = work.under(held);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw sent ? LanceProblems.unknown(folder.root(), e) : failed(doing, e);
    } finally {
      release(held);
    }
    return new Outcome<>(result, held.event());
  }

  /** Whatever becomes of the lock afterwards, what was committed under it stays committed. */
  private void release(StoreLock.Held held) {
    try {
      held.close();
    } catch (RuntimeException e) {
      LOG.warn("The lock of {} could not be released", folder.root(), e);
    }
  }

  private StoreException failed(LanceCode doing, Exception failure) {
    if (!(failure instanceof StoreException) && LanceProblems.isConflict(failure)) {
      return new Overtaken(LanceCode.FAILED_OVERTAKEN.with(doing.with(), folder.root()), failure);
    }
    StoreException problem =
        failure instanceof LockException told
            ? new StoreUnavailableException(told.message(), failure)
            : LanceProblems.of(folder.root(), doing, failure);
    return failure instanceof LockCompromisedException || problem instanceof VanishedException
        ? new Overtaken(problem.message(), problem)
        : problem;
  }

  /** Somebody else got in the way; nothing was written. */
  private static final class Overtaken extends StoreException {
    private static final long serialVersionUID = 1L;

    Overtaken(Message message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Makes everybody who still waits give up. */
  void refuseFromNowOn() {
    refusing = true;
    lock.close();
  }

  @Override
  public void close() {
    refuseFromNowOn();
    dataset.close();
    ahead.close();
  }
}
