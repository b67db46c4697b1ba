package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryJournal;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.memory.ids.IdSet;
import dev.memoryconsole.mend.PlannedMend;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.batch.RowSwap;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.KnownAnswers;
import dev.memoryconsole.upgrade.engine.run.MarkerClock;
import dev.memoryconsole.upgrade.engine.run.OpenEntries;
import dev.memoryconsole.upgrade.engine.run.RunBeginning;
import dev.memoryconsole.upgrade.pace.BatchPlanner;
import dev.memoryconsole.upgrade.pace.StorePacing;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the runs of an open store, one at a time, and ends the last. Thread-safe. */
final class RunStarter {
  private final MemoryStore store;
  private final Journal journal;
  private final Enrichers enrichers;
  private final KnownAnswers answers;
  private final SnapshotTaker snapshots;
  private final Clock clock;
  private final MarkerClock markers;
  private final StorePacing pacing;
  private final SharedWork shared;
  private final String storeKey;
  private final Object starting = new Object();
  private volatile @Nullable UpgradeRun current;

  RunStarter(
      MemoryStore store,
      Journal journal,
      Enrichers enrichers,
      KnownAnswers answers,
      SnapshotTaker snapshots,
      Clock clock) {
    this.store = store;
    this.journal = journal;
    this.enrichers = enrichers;
    this.answers = answers;
    this.snapshots = snapshots;
    this.clock = clock;
    this.markers = new MarkerClock(clock);
    this.pacing = BatchPlanner.pacingOf(store, System::nanoTime);
    this.storeKey = store.location().key();
    this.shared = new SharedWork(store, journal, enrichers, answers, pacing, clock);
  }

  /**
   * Starts a new run.
   *
   * @param ofRun the run that an undo takes back; null for what is no undo
   */
  RunHandle start(RunKind kind, @Nullable Long ofRun, List<String> ids, UpgradeOptions wished) {
    return start(kind, ofRun, ids, List.of(), wished);
  }

  private RunHandle start(
      RunKind kind,
      @Nullable Long ofRun,
      List<String> ids,
      List<String> plans,
      UpgradeOptions wished) {
    UpgradeOptions options = wished.on(store);
    IdList unique = IdSet.copyOf(ids).list();
    RunPlan plan =
        new RunPlan(
                storeKey,
                kind,
                kind == RunKind.MEND ? "" : enrichers.name(),
                options.recordedRows(),
                options.onFailure().name(),
                options.scopes(),
                ofRun,
                unique)
            .withPlans(plans);
    return begin(
        enriching(kind),
        options,
        () -> {
          refuseWithoutRoom(options);
          return new RunBeginning(
              journal.runs().start(plan, clock.millis()).orElseThrow(RunSelection::stopped),
              kind,
              ofRun,
              OpenEntries.of(unique),
              Map.of(),
              0,
              ModelUsage.NONE,
              null);
        });
  }

  /** What a snapshot before a new run takes. */
  Optional<SnapshotTaker.Room> snapshotRoom(UpgradeOptions options) {
    return options.snapshot() ? snapshots.room() : Optional.empty();
  }

  private void refuseWithoutRoom(UpgradeOptions options) {
    Optional<SnapshotTaker.Room> tooLittle = snapshotRoom(options).filter(room -> !room.suffices());
    if (tooLittle.isPresent()) {
      throw new StoreUnavailableException(tooLittle.get().sentence());
    }
  }

  /** Starts a mend. */
  RunHandle mend(List<PlannedMend> mends, UpgradeOptions wished) {
    Map<String, String> plans = new LinkedHashMap<>();
    mends.forEach(mend -> plans.putIfAbsent(mend.id(), mend.plan().json()));
    return start(
        RunKind.MEND, null, List.copyOf(plans.keySet()), List.copyOf(plans.values()), wished);
  }

  /**
   * Goes on with a run that was stopped.
   *
   * @param only enriches none but these; null for all that are left
   */
  RunHandle resume(RunRecord record, @Nullable Set<String> only, UpgradeOptions options) {
    return begin(
        enriching(record.kind()),
        options.on(store).withScopes(record.scopes()),
        () -> reopened(record, only));
  }

  private RunBeginning reopened(RunRecord record, @Nullable Set<String> only) {
    long run = record.id();
    // Of one that is at work the journal says where.
    boolean isDone = record.state().isOver() && !record.isResumable();
    if (isDone || !journal.runs().reopen(storeKey, run)) {
      throw new UpgradeException(UpgradeCode.NOTHING_LEFT.with(run));
    }
    Map<EntryState, Integer> counts = new HashMap<>(record.counts());
    counts.remove(EntryState.CANCELLED);
    return goingOn(record, left(run, only), counts, null);
  }

  private OpenEntries left(long run, @Nullable Set<String> only) {
    EntryJournal entries = journal.entries();
    int begun = entries.count(run, Set.of(EntryState.ENRICHED, EntryState.COMMITTING));
    return OpenEntries.left(
        begun + entries.count(run, Set.of(EntryState.QUEUED)),
        begun == 0,
        (position, limit) -> {
          List<Candidate> left =
              entries.left(run, position, limit).stream().map(Candidate::new).toList();
          if (only != null) {
            left.stream()
                .filter(candidate -> !only.contains(candidate.id()))
                .forEach(Candidate::leaveOut);
          }
          return left;
        });
  }

  /** Takes a run up again that is over, to write once more what another program has overwritten. */
  RunHandle reapply(RunRecord record, UpgradeOptions options) {
    if (record.state() == RunState.INTERRUPTED) {
      throw new UpgradeException(UpgradeCode.RESUME_INSTEAD.with(record.id()));
    }
    // What is merged again was enriched before.
    return begin(
        SimpleEnricher::new,
        options.on(store).withScopes(record.scopes()),
        () -> reverified(record));
  }

  private RunBeginning reverified(RunRecord record) {
    if (!journal.runs().reopenToVerify(storeKey, record.id())) {
      throw new UpgradeException(UpgradeCode.NOT_OVER.with(record.id()));
    }
    return goingOn(record, OpenEntries.of(List.of()), record.counts(), record.state());
  }

  private static RunBeginning goingOn(
      RunRecord record,
      OpenEntries left,
      Map<EntryState, Integer> counts,
      @Nullable RunState verifyOnly) {
    return new RunBeginning(
        record.id(),
        record.kind(),
        record.ofRun(),
        left,
        counts,
        record.elapsedMillis(),
        record.usage(),
        verifyOnly);
  }

  /** An undo enriches nothing, nor does a mend. */
  private Supplier<Enricher> enriching(RunKind kind) {
    return kind == RunKind.UNDO || kind == RunKind.MEND ? SimpleEnricher::new : enrichers::open;
  }

  /** The enricher first: a run that can't enrich must not be recorded. */
  private RunHandle begin(
      Supplier<Enricher> enriching, UpgradeOptions options, Supplier<RunBeginning> recorded) {
    return begin(
        options,
        () -> {
          Enricher enricher = enriching.get();
          try {
            RunBeginning beginning = recorded.get();
            // Nobody else starts a run of the store before this one has ended.
            markers.after(journal.runs().lastMarker(storeKey));
            return new UpgradeRun(
                beginning,
                store,
                journal,
                enricher,
                answers,
                snapshots,
                options,
                markers::next,
                pacing,
                clock);
          } catch (RuntimeException e) {
            enricher.close();
            throw e;
          }
        });
  }

  private RunHandle begin(UpgradeOptions options, Supplier<UpgradeRun> making) {
    synchronized (starting) {
      refuseIfActive();
      refuseIfNotSwappable(options);
      RunSelection.refuseIfReadOnly(store);
      UpgradeRun run = making.get();
      current = run;
      run.start();
      return run;
    }
  }

  /** What there is of shared runs. */
  Optional<TeamRuns> sharedRuns() {
    return shared.runs();
  }

  /** Writes a run down that many work on. */
  long share(PlannedRun plan, UpgradeOptions options, TeamTerms terms) {
    return shared.share(plan, options, terms);
  }

  /** Takes part in a run that many work on. */
  RunHandle work(long run, UpgradeOptions options) {
    return begin(options, () -> shared.part(run, options));
  }

  private void refuseIfActive() {
    UpgradeRun active = current;
    if (active != null && !active.isOver()) {
      throw new UpgradeException(UpgradeCode.STILL_AT_WORK.with(active.id()));
    }
  }

  private void refuseIfNotSwappable(UpgradeOptions options) {
    if (options.commit() == CommitMode.CAS && !(store instanceof RowSwap)) {
      throw new UpgradeException(UpgradeCode.NO_VERSIONS.with(store.kind()));
    }
  }

  /** The run at work, if there is one. */
  Optional<RunHandle> active() {
    UpgradeRun run = current;
    return run == null || run.isOver() ? Optional.empty() : Optional.of(run);
  }

  /** Cancels the run at work and waits for its end. */
  void close() {
    UpgradeRun run = current;
    if (run == null) {
      return;
    }
    run.cancel();
    Uninterrupted.await(run::await);
  }
}
