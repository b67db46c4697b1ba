package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.pace.StorePacing;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run at work: a thread that feeds phase 1, phase 1's workers, and a thread that commits.
 * Thread-safe.
 */
final class UpgradeRun implements RunHandle {
  private static final Logger LOG = LoggerFactory.getLogger(UpgradeRun.class);

  private enum Stop {
    NO,
    CANCELLED,
    INTERRUPTED
  }

  private final long id;
  private final RunKind kind;
  private final MemoryStore store;
  private final Journal journal;
  private final UpgradeOptions options;
  private final StorePacing pacing;
  private final Clock clock;
  private final MarkerClock markers;
  private final Enricher enricher;
  private final @Nullable Long ofRun;
  private final List<Candidate> candidates;
  private final Source source;
  private final CommitPhase commits;
  private final boolean verifies;
  private final @Nullable RunState verifyOnly;
  private volatile Verification verification = Verification.NONE;
  private final PauseGate gate;
  private final RunLedger ledger;
  private final AtomicReference<Stop> stop = new AtomicReference<>(Stop.NO);
  private final @Nullable SnapshotTaker snapshots;
  private final CurrentActivity doing;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile RunState finalState = RunState.RUNNING;
  private volatile String problem = "";
  // Made before either runs: what stops a run may come from its first step.
  private final Thread feeder;
  private final Thread committer;
  private volatile @Nullable LockSummary finalLock;

  UpgradeRun(
      RunBeginning beginning,
      MemoryStore store,
      Journal journal,
      Enricher enricher,
      SnapshotTaker snapshots,
      UpgradeOptions options,
      MarkerClock markers,
      StorePacing pacing,
      Clock clock) {
    this.id = beginning.id();
    this.kind = beginning.kind();
    this.store = store;
    this.journal = journal;
    this.enricher = enricher;
    this.options = options;
    this.pacing = pacing;
    this.clock = clock;
    this.markers = markers;
    this.candidates = beginning.candidates();
    this.snapshots = options.snapshot() && beginning.isFresh() ? snapshots : null;
    this.gate = new PauseGate(System::nanoTime, beginning.elapsedMillis());
    this.doing = new CurrentActivity(id, gate, clock);
    this.ledger = new RunLedger(beginning, store, journal, enricher, gate, clock);
    this.verifyOnly = beginning.verifyOnly();
    this.verifies = verifyOnly != null || !store.settling().isZero();
    Long taken = beginning.ofRun();
    this.ofRun = taken;
    if (taken == null) {
      Preconditions preconditions = new Preconditions(kind, options.scopes());
      this.source = new EnrichPhase(this, enricher, preconditions);
      this.commits =
          new CommitPhase(this, source, batch -> new UpgradeWork(batch, this, preconditions));
    } else {
      this.source = new UndoSource(this, taken);
      this.commits = new CommitPhase(this, source, batch -> new UndoWork(batch, this));
    }
    this.feeder = Thread.ofPlatform().name("run-" + id + "-feed").daemon().unstarted(this::feed);
    this.committer =
        Thread.ofPlatform().name("run-" + id + "-commit").daemon().unstarted(this::commit);
  }

  void start() {
    feeder.start();
    committer.start();
  }

  private void feed() {
    try {
      takeSnapshot();
      source.feed(candidates);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      LOG.debug("Run {} was stopped while it was fed", id, e);
    } catch (RuntimeException e) {
      LOG.error("Run {} can't begin or read its entries", id, e);
      interrupt(ErrorSentence.sentence(e));
    }
  }

  private void takeSnapshot() throws InterruptedException {
    if (snapshots != null && !candidates.isEmpty()) {
      try {
        snapshots.take(id, doing::snapshot);
      } finally {
        doing.snapshotOver();
      }
    }
  }

  private void commit() {
    try {
      if (verifies) {
        // Before the first write: a kill must not leave it unverified unnoticed.
        verified(Verification.PENDING);
      }
      commits.commitAll();
      if (verifies && !isStopping()) {
        verify();
      }
    } catch (InterruptedException e) {
      stop.compareAndSet(Stop.NO, Stop.CANCELLED);
    } catch (RuntimeException | Error e) {
      LOG.error("Run {} ended unexpectedly", id, e);
      interrupt(ErrorSentence.sentence(e));
    } finally {
      // The interrupt that stopped the waiting must not disturb the end.
      Thread.interrupted();
      end();
    }
  }

  private void verify() throws InterruptedException {
    if (ledger.written() == 0) {
      verified(Verification.NONE);
      return;
    }
    doing.verifying(VerifyPhase.beginning());
    new VerifyPhase(this).verifyAll();
  }

  /** Records how far it is known that the writes stayed. */
  void verified(Verification reached) {
    journal.runs().verified(id, reached);
    verification = reached;
  }

  /** What it is doing beside being at work. */
  CurrentActivity doing() {
    return doing;
  }

  private boolean isAllDone() {
    return remaining() == 0 && verification != Verification.PENDING;
  }

  private RunState completed() {
    RunState before = verifyOnly;
    return before == null ? RunState.COMPLETED : before;
  }

  private void end() {
    feeder.interrupt();
    source.close();
    joinFeeder();
    doing.stopWaiting();
    enricher.close();
    gate.stop();
    RunState last =
        switch (stop.get()) {
          case NO -> isAllDone() ? completed() : RunState.INTERRUPTED;
          // A cancel that came when everything was done cancelled nothing.
          case CANCELLED -> isAllDone() ? completed() : RunState.CANCELLED;
          case INTERRUPTED -> RunState.INTERRUPTED;
        };
    try {
      if (last == RunState.CANCELLED) {
        ledger.cancelTheRest(candidates);
      }
      ledger.record(last, clock.millis());
    } catch (RuntimeException e) {
      LOG.error("The end of run {} could not be recorded", id, e);
      // What came first is the cause.
      problem = problem.isEmpty() ? ErrorSentence.sentence(e) : problem;
      last = RunState.INTERRUPTED;
    } finally {
      journal.runs().release(id);
      finalLock = store.lockMetrics().summaryOf(id);
      store.lockMetrics().forget(id);
      finalState = last;
      over.countDown();
    }
  }

  private void joinFeeder() {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        feeder.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits while the run is paused, and has the journal know it. */
  void awaitResumed() throws InterruptedException {
    if (gate.isClosed()) {
      ledger.record(RunState.PAUSED, null);
      gate.await();
      ledger.record(RunState.RUNNING, null);
    }
  }

  /** Pauses the run until the model can be asked again, or until the admin says so. */
  void waitForModel(ModelUnavailableException reason) {
    doing.waitForModel(reason, this::isStopping);
  }

  /** Stops the run because it can't go on; it can be resumed. */
  void interrupt(String why) {
    if (stop.compareAndSet(Stop.NO, Stop.INTERRUPTED)) {
      problem = why;
      stopWork();
    }
  }

  /** What is recorded of it, entry by entry. */
  RunLedger ledger() {
    return ledger;
  }

  int remaining() {
    return ledger.remaining();
  }

  boolean isStopping() {
    return stop.get() != Stop.NO;
  }

  PauseGate gate() {
    return gate;
  }

  MemoryStore store() {
    return store;
  }

  Journal journal() {
    return journal;
  }

  StorePacing pacing() {
    return pacing;
  }

  UpgradeOptions options() {
    return options;
  }

  RunKind kind() {
    return kind;
  }

  /** The run that this one takes back; null if it is no undo. */
  @Nullable Long ofRun() {
    return ofRun;
  }

  Clock clock() {
    return clock;
  }

  /** The times of its markers. */
  MarkerClock markers() {
    return markers;
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public RunProgress progress() {
    RunState state = isOver() ? finalState : gate.isClosed() ? RunState.PAUSED : RunState.RUNNING;
    return new RunProgress(
        id,
        kind,
        state,
        ledger.selected(),
        ledger.done(),
        ledger.counts(),
        gate.activeMillis(),
        lock(),
        source.concurrency(),
        doing.activity(),
        ledger.reapplied(),
        verification,
        ledger.usage(),
        commits.pace());
  }

  private LockSummary lock() {
    LockSummary last = finalLock;
    return last == null ? store.lockMetrics().summaryOf(id) : last;
  }

  @Override
  public List<EntryOutcome> outcomesFrom(int index) {
    return ledger.outcomesFrom(index);
  }

  @Override
  public void pause() {
    // A run that waits for the model waits for the admin from now on.
    doing.stopWaiting();
    if (!isOver() && gate.close()) {
      // It may be waiting for the store's lock: a pause must not be followed by a write.
      committer.interrupt();
    }
  }

  @Override
  public void setConcurrency(int places) {
    source.concurrency(options.withConcurrency(places).concurrency());
  }

  @Override
  public void resume() {
    if (doing.isWaitingForModel()) {
      enricher.tryAgain();
    }
    doing.stopWaiting();
    gate.open();
  }

  @Override
  public void cancel() {
    if (stop.compareAndSet(Stop.NO, Stop.CANCELLED)) {
      stopWork();
    }
  }

  /** Ends every waiting: at the gate, for the store's lock, for the model. */
  private void stopWork() {
    doing.stopWaiting();
    gate.release();
    feeder.interrupt();
    committer.interrupt();
    source.stop();
  }

  @Override
  public RunProgress await() throws InterruptedException {
    over.await();
    return progress();
  }

  @Override
  public String problem() {
    return problem;
  }
}
