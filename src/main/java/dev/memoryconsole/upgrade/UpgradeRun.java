package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.lock.LockSummary;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotTaker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final Clock clock;
  private final Enricher enricher;
  private final ModelUsage usageBefore;
  private final List<Candidate> candidates;
  private final int selected;
  private final Source source;
  private final CommitPhase commits;
  private final PauseGate gate;
  private final Tally tally;
  private final AtomicReference<Stop> stop = new AtomicReference<>(Stop.NO);
  private final @Nullable SnapshotTaker snapshots;
  private volatile RunActivity activity = new RunActivity.Working();
  private final Object modelWait = new Object();
  private @Nullable Thread alarm;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile RunState finalState = RunState.RUNNING;
  private volatile String problem = "";
  // Made before either runs: what stops a run may come from its first step.
  private final Thread feeder;
  private final Thread committer;
  private volatile @Nullable LockSummary finalLock;

  /**
   * What a run begins with.
   *
   * @param id its id in the journal
   * @param ofRun the run that an undo takes back; null for what is no undo
   * @param candidates the entries without an outcome
   * @param counts the outcomes from before it was stopped
   * @param elapsedMillis its time at work before it was stopped
   * @param usage what it used of a model before it was stopped
   */
  record Beginning(
      long id,
      RunKind kind,
      @Nullable Long ofRun,
      List<Candidate> candidates,
      Map<EntryState, Integer> counts,
      long elapsedMillis,
      ModelUsage usage) {
    /** Whether nothing was done yet. */
    boolean isFresh() {
      return counts.isEmpty()
          && candidates.stream().allMatch(candidate -> candidate.state() == EntryState.QUEUED);
    }
  }

  UpgradeRun(
      Beginning beginning,
      MemoryStore store,
      Journal journal,
      Enricher enricher,
      SnapshotTaker snapshots,
      UpgradeOptions options,
      Clock clock) {
    this.id = beginning.id();
    this.kind = beginning.kind();
    this.store = store;
    this.journal = journal;
    this.enricher = enricher;
    this.usageBefore = beginning.usage();
    this.options = options;
    this.clock = clock;
    this.candidates = beginning.candidates();
    this.snapshots = options.snapshot() && beginning.isFresh() ? snapshots : null;
    this.gate = new PauseGate(System::nanoTime, beginning.elapsedMillis());
    this.tally = new Tally(beginning.counts());
    this.selected = candidates.size() + tally.done();
    Long ofRun = beginning.ofRun();
    if (ofRun == null) {
      Preconditions preconditions = new Preconditions(kind, options.scopes());
      this.source = new EnrichPhase(this, enricher, preconditions);
      this.commits =
          new CommitPhase(this, source, batch -> new UpgradeWork(batch, this, preconditions));
    } else {
      this.source = new UndoSource(this, ofRun);
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
      interrupt(Problems.sentence(e));
    }
  }

  private void takeSnapshot() throws InterruptedException {
    if (snapshots != null && !candidates.isEmpty()) {
      try {
        snapshots.take(
            id,
            (done, total) ->
                activity = new RunActivity.TakingSnapshot(total == 0 ? 0 : (double) done / total));
      } finally {
        activity = new RunActivity.Working();
      }
    }
  }

  private void commit() {
    try {
      commits.commitAll();
    } catch (InterruptedException e) {
      stop.compareAndSet(Stop.NO, Stop.CANCELLED);
    } catch (RuntimeException | Error e) {
      LOG.error("Run {} ended unexpectedly", id, e);
      interrupt(Problems.sentence(e));
    } finally {
      // The interrupt that stopped the waiting must not disturb the end.
      Thread.interrupted();
      end();
    }
  }

  private void end() {
    feeder.interrupt();
    source.close();
    joinFeeder();
    stopWaiting();
    enricher.close();
    gate.stop();
    RunState last =
        switch (stop.get()) {
          case NO -> remaining() == 0 ? RunState.COMPLETED : RunState.INTERRUPTED;
          // A cancel that came when everything was done cancelled nothing.
          case CANCELLED -> remaining() == 0 ? RunState.COMPLETED : RunState.CANCELLED;
          case INTERRUPTED -> RunState.INTERRUPTED;
        };
    try {
      if (last == RunState.CANCELLED) {
        cancelTheRest();
      }
      record(last, clock.millis());
    } catch (RuntimeException e) {
      LOG.error("The end of run {} could not be recorded", id, e);
      // What came first is the cause.
      problem = problem.isEmpty() ? Problems.sentence(e) : problem;
      last = RunState.INTERRUPTED;
    } finally {
      journal.release(id);
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

  private void cancelTheRest() {
    for (Candidate candidate : candidates) {
      EntryState state = candidate.state();
      // One that was about to be written is told by its marker when the run is looked at again.
      if (!state.isOutcome() && state != EntryState.COMMITTING) {
        finish(candidate, EntryState.CANCELLED, "");
      }
    }
  }

  /** Gives an entry its outcome. */
  void finish(Candidate candidate, EntryState outcome, String reason) {
    candidate.go(outcome);
    long now = clock.millis();
    append(
        EntryChange.finished(
            candidate.position(), outcome, candidate.title(), candidate.attempt(), reason, now));
    tally.add(
        new EntryOutcome(
            candidate.id(),
            candidate.title(),
            outcome,
            reason,
            candidate.attempt(),
            candidate.startedAt() == 0 ? 0 : now - candidate.startedAt()));
    candidate.forgetWork();
  }

  /** Waits while the run is paused, and has the journal know it. */
  void awaitResumed() throws InterruptedException {
    if (gate.isClosed()) {
      record(RunState.PAUSED, null);
      gate.await();
      record(RunState.RUNNING, null);
    }
  }

  private void record(RunState state, @Nullable Long finishedAt) {
    journal.update(
        id, state, gate.activeMillis(), store.lockMetrics().summaryOf(id), usage(), finishedAt);
  }

  private ModelUsage usage() {
    return usageBefore.plus(enricher.usage());
  }

  /** Pauses the run until the model can be asked again, or until the admin says so. */
  void waitForModel(ModelUnavailableException reason) {
    synchronized (modelWait) {
      if (isStopping() || !gate.close()) {
        return;
      }
      Duration delay = reason.retryAfter().orElse(null);
      activity =
          new RunActivity.WaitingForModel(
              Problems.sentence(reason), delay == null ? null : clock.millis() + delay.toMillis());
      if (delay != null) {
        alarm =
            Thread.ofVirtual().name("run-" + id + "-alarm").start(() -> goOnAfter(delay, activity));
      }
    }
  }

  private void goOnAfter(Duration delay, RunActivity waiting) {
    try {
      Thread.sleep(delay);
      synchronized (modelWait) {
        // The admin may have gone on, or paused it again, meanwhile.
        if (activity.equals(waiting)) {
          activity = new RunActivity.Working();
          gate.open();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopWaiting() {
    synchronized (modelWait) {
      if (activity instanceof RunActivity.WaitingForModel) {
        activity = new RunActivity.Working();
      }
      if (alarm != null) {
        alarm.interrupt();
        alarm = null;
      }
    }
  }

  /** Stops the run because it can't go on; it can be resumed. */
  void interrupt(String why) {
    if (stop.compareAndSet(Stop.NO, Stop.INTERRUPTED)) {
      problem = why;
      stopWork();
    }
  }

  void append(EntryChange change) {
    journal.append(id, change);
  }

  void write(List<EntryChange> changes) {
    journal.write(id, changes);
  }

  int remaining() {
    return selected - tally.done();
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

  UpgradeOptions options() {
    return options;
  }

  RunKind kind() {
    return kind;
  }

  Clock clock() {
    return clock;
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
        selected,
        tally.done(),
        tally.counts(),
        gate.activeMillis(),
        lock(),
        source.concurrency(),
        activity,
        usage(),
        commits.pace());
  }

  private LockSummary lock() {
    LockSummary last = finalLock;
    return last == null ? store.lockMetrics().summaryOf(id) : last;
  }

  @Override
  public List<EntryOutcome> outcomesFrom(int index) {
    return tally.from(index);
  }

  @Override
  public void pause() {
    // A run that waits for the model waits for the admin from now on.
    stopWaiting();
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
    if (activity instanceof RunActivity.WaitingForModel) {
      enricher.tryAgain();
    }
    stopWaiting();
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
    stopWaiting();
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
