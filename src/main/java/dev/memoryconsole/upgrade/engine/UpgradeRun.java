package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.commit.CommitPhase;
import dev.memoryconsole.upgrade.engine.commit.Decision;
import dev.memoryconsole.upgrade.engine.commit.MendDecision;
import dev.memoryconsole.upgrade.engine.commit.UndoDecision;
import dev.memoryconsole.upgrade.engine.commit.UpgradeDecision;
import dev.memoryconsole.upgrade.engine.enrich.EnrichPhase;
import dev.memoryconsole.upgrade.engine.enrich.JournalSource;
import dev.memoryconsole.upgrade.engine.run.CandidateSource;
import dev.memoryconsole.upgrade.engine.run.CurrentActivity;
import dev.memoryconsole.upgrade.engine.run.ErrorSentence;
import dev.memoryconsole.upgrade.engine.run.KnownAnswers;
import dev.memoryconsole.upgrade.engine.run.PauseGate;
import dev.memoryconsole.upgrade.engine.run.RunBeginning;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import dev.memoryconsole.upgrade.engine.run.RunLedger;
import dev.memoryconsole.upgrade.engine.run.StopSignal;
import dev.memoryconsole.upgrade.engine.verify.VerifyPhase;
import dev.memoryconsole.upgrade.pace.StorePacing;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run at work: a thread that feeds phase 1, phase 1's workers, and a thread that commits.
 * Thread-safe.
 */
final class UpgradeRun implements RunHandle {
  private static final Logger LOG = LoggerFactory.getLogger(UpgradeRun.class);

  private final RunBeginning beginning;
  private final Journal journal;
  private final Enricher enricher;
  private final SnapshotTaker snapshots;
  private final LockMetrics locks;
  private final RunControl control;
  private final RunLedger ledger;
  private final StopSignal stop;
  private final PauseGate gate;
  private final CurrentActivity activity;
  private final CandidateSource source;
  private final Supplier<? extends Decision> decisions;
  private final CommitPhase commits;
  private final boolean verifies;
  private final RunProgress.Before before;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile RunState finalState = RunState.RUNNING;
  private volatile @Nullable LockSummary finalLock;
  private volatile boolean restsWithOthers;
  // Made before either runs: what stops a run may come from its first step.
  private final Thread feeder;
  private final Thread committer;

  UpgradeRun(
      RunBeginning beginning,
      MemoryStore store,
      Journal journal,
      Enricher enricher,
      KnownAnswers answers,
      SnapshotTaker snapshots,
      UpgradeOptions options,
      LongSupplier markers,
      StorePacing pacing,
      Clock clock) {
    long id = beginning.id();
    this.beginning = beginning;
    this.journal = journal;
    this.enricher = enricher;
    this.snapshots = options.snapshot() && beginning.isFresh() ? snapshots : SnapshotTaker.NONE;
    this.locks = store.lockMetrics();
    this.stop = new StopSignal();
    this.gate = new PauseGate(System::nanoTime, beginning.elapsedMillis());
    this.activity = new CurrentActivity(id, gate, clock);
    this.ledger = new RunLedger(beginning, journal, locks, enricher::usage, gate, clock);
    this.control =
        new RunControl(id, beginning.kind(), store, options, clock, stop, gate, activity, ledger);
    this.before = new RunProgress.Before(ledger.done(), beginning.elapsedMillis());
    this.verifies = beginning.verifyOnly() != null || !store.settling().isZero();
    Long ofRun = beginning.ofRun();
    if (beginning.kind() == RunKind.MEND) {
      this.source = JournalSource.ofMend(control, journal);
      this.decisions = () -> new MendDecision(options.scopes(), markers.getAsLong());
    } else if (ofRun == null) {
      Preconditions preconditions = new Preconditions(beginning.kind(), options.scopes());
      this.source = new EnrichPhase(control, enricher, answers, preconditions);
      this.decisions = () -> new UpgradeDecision(preconditions, markers.getAsLong());
    } else {
      this.source = JournalSource.ofUndo(control, journal, ofRun);
      this.decisions = UndoDecision::new;
    }
    this.commits = new CommitPhase(control, source, decisions, pacing);
    this.feeder = Thread.ofPlatform().name("run-" + id + "-feed").daemon().unstarted(this::feed);
    this.committer =
        Thread.ofPlatform().name("run-" + id + "-commit").daemon().unstarted(this::commit);
    stop.onStop(this::endWaits);
  }

  void start() {
    feeder.start();
    committer.start();
  }

  private void feed() {
    try {
      takeSnapshot();
      source.feed(beginning.entries());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      LOG.debug("Run {} was stopped while it was fed", id(), e);
    } catch (RuntimeException e) {
      LOG.error("Run {} can't begin or read its entries", id(), e);
      stop.interrupt(ErrorSentence.of(e));
    }
  }

  private void takeSnapshot() throws InterruptedException {
    if (beginning.entries().size() > 0) {
      try {
        snapshots.take(id(), activity::snapshot);
      } finally {
        activity.snapshotOver();
      }
    }
  }

  private void commit() {
    try {
      if (verifies) {
        // Before the first write: a kill must not leave it unverified unnoticed.
        ledger.verified(Verification.PENDING);
      }
      commits.commitAll();
      if (verifies && !stop.isGiven()) {
        verify();
      }
    } catch (InterruptedException e) {
      stop.cancel();
    } catch (RuntimeException | Error e) {
      LOG.error("Run {} ended unexpectedly", id(), e);
      stop.interrupt(ErrorSentence.of(e));
    } finally {
      // The interrupt that stopped the waiting must not disturb the end.
      Thread.interrupted();
      end();
    }
  }

  private void verify() throws InterruptedException {
    if (ledger.written() == 0) {
      ledger.verified(Verification.NONE);
      return;
    }
    activity.verifying(VerifyPhase.beginning());
    new VerifyPhase(control, journal, beginning.ofRun(), decisions).verifyAll();
  }

  private void end() {
    feeder.interrupt();
    source.close();
    joinFeeder();
    activity.stopWaiting();
    enricher.close();
    gate.stop();
    RunState last = endState();
    try {
      if (last == RunState.CANCELLED) {
        ledger.cancelTheRest();
      }
      ledger.record(last, control.clock().millis());
    } catch (RuntimeException e) {
      LOG.error("The end of run {} could not be recorded", id(), e);
      stop.note(ErrorSentence.of(e));
      last = RunState.INTERRUPTED;
    } finally {
      journal.runs().release(id());
      finalLock = locks.summaryOf(id());
      locks.forget(id());
      finalState = last;
      over.countDown();
    }
  }

  private RunState endState() {
    RunState stopped = stop.state().orElse(RunState.INTERRUPTED);
    boolean allDone = ledger.remaining() == 0 && ledger.verification() != Verification.PENDING;
    if (!allDone || (stop.isGiven() && stopped == RunState.INTERRUPTED)) {
      return stopped;
    }
    // A cancel that came when everything was done cancelled nothing.
    RunState before = beginning.verifyOnly();
    return before == null ? RunState.COMPLETED : before;
  }

  private void joinFeeder() {
    Uninterrupted.await(feeder::join);
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** Writes down what it has used so far. */
  void noteFigures() {
    if (!isOver() && !gate.isClosed()) {
      ledger.record(RunState.RUNNING, null);
    }
  }

  @Override
  public long id() {
    return beginning.id();
  }

  @Override
  public RunProgress progress() {
    RunState state = isOver() ? finalState : gate.isClosed() ? RunState.PAUSED : RunState.RUNNING;
    LockSummary last = finalLock;
    return new RunProgress(
        id(),
        beginning.kind(),
        state,
        ledger.selected(),
        ledger.done(),
        ledger.counts(),
        gate.activeMillis(),
        last == null ? locks.summaryOf(id()) : last,
        source.concurrency(),
        activity.activity(),
        ledger.reapplied(),
        ledger.verification(),
        ledger.usage(),
        commits.pace(),
        before);
  }

  @Override
  public int outcomes(Set<EntryState> states) {
    return ledger.told(states);
  }

  @Override
  public List<EntryOutcome> outcomes(Set<EntryState> states, int from, int limit) {
    return ledger.outcomes(states, from, limit);
  }

  @Override
  public void pause() {
    // A run that waits for the model waits for the admin from now on.
    activity.stopWaiting();
    if (!isOver() && gate.close()) {
      // It may be waiting for the store's lock: a pause must not be followed by a write.
      committer.interrupt();
    }
  }

  /** Rests because all who work on this run do, or goes on with them. */
  void restWithOthers(boolean resting) {
    if (resting != restsWithOthers) {
      restsWithOthers = resting;
      if (resting) {
        pause();
      } else {
        resume();
      }
    }
  }

  @Override
  public void setConcurrency(int places) {
    source.concurrency(control.options().withConcurrency(places).concurrency());
  }

  @Override
  public void resume() {
    if (activity.isWaitingForModel()) {
      enricher.tryAgain();
    }
    activity.stopWaiting();
    gate.open();
  }

  @Override
  public void cancel() {
    stop.cancel();
  }

  /** Ends every wait: at the gate, for the store's lock, for the model. */
  private void endWaits() {
    activity.stopWaiting();
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
  public Message interruption() {
    return stop.problem();
  }
}
