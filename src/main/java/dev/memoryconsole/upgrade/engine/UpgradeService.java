package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.ids.IdSet;
import dev.memoryconsole.mend.PlannedMend;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.upgrade.Erasure;
import dev.memoryconsole.upgrade.PlanReader;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.RestorePlan;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradePreview;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.VerifyReport;
import dev.memoryconsole.upgrade.engine.run.KnownAnswers;
import dev.memoryconsole.upgrade.engine.verify.Verifier;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The upgrades of one open store: answers for who asks, and hands each job to who does it.
 * Thread-safe. Owns the store and the journal it is given.
 */
public final class UpgradeService implements Upgrades {
  private static final int RUNS_LOOKED_AT = 50;

  private final MemoryStore store;
  private final Journal journal;
  private final Enrichers enrichers;
  private final String storeKey;
  private final LockLog locks;
  private final RunStarter starter;
  private final RunSelection selection;
  private final RunPlanner planner;
  private final UpgradePreviewer previewer;
  private final Verifier verifier;
  private final LockBreaker breaker;
  private final Restorer restorer;
  private final Eraser eraser;

  /** Takes no snapshots and always has the same enricher. */
  public UpgradeService(MemoryStore store, Journal journal, Enricher enricher, Clock clock) {
    this(store, journal, Enrichers.of(enricher), SnapshotTaker.NONE, clock);
  }

  /**
   * Takes a snapshot before each run.
   *
   * @param snapshots decides whether one is taken at all
   */
  public UpgradeService(
      MemoryStore store,
      Journal journal,
      Enrichers enrichers,
      SnapshotTaker snapshots,
      Clock clock) {
    this.store = store;
    this.journal = journal;
    this.enrichers = enrichers;
    this.storeKey = store.location().key();
    KnownAnswers answers = new KnownAnswers();
    this.starter = new RunStarter(store, journal, enrichers, answers, snapshots, clock);
    this.selection = new RunSelection(store, journal);
    this.planner = new RunPlanner(store, journal, selection, answers);
    this.previewer = new UpgradePreviewer(enrichers, answers, clock);
    this.breaker = new LockBreaker(store, journal);
    this.restorer = new Restorer(store, journal, clock);
    this.eraser = new Eraser(store, journal, clock);
    this.locks = journal.locks().log(storeKey, store.lockMetrics(), clock);
    this.verifier = new Verifier(store, journal, clock);
  }

  @Override
  public MemoryStore store() {
    return store;
  }

  @Override
  public LockLog locks() {
    return locks;
  }

  @Override
  public Optional<LockCondition> lockCondition() {
    return breaker.condition();
  }

  @Override
  public Optional<LockOwner> lockOwner() {
    return breaker.owner();
  }

  @Override
  public LockCondition breakLock() throws InterruptedException {
    return breaker.breakIt();
  }

  @Override
  public Optional<SnapshotTaker.Room> snapshotRoom(UpgradeOptions options) {
    return starter.snapshotRoom(options);
  }

  @Override
  public String enricher() {
    return enrichers.name();
  }

  @Override
  public RunHandle upgrade(EntryQuery query, int limit, UpgradeOptions options) {
    RunKind kind = query.stamped() ? RunKind.STAMPED : RunKind.UPGRADE;
    return starter.start(kind, null, selection.matching(query, limit), options);
  }

  @Override
  public RunHandle upgrade(List<String> ids, UpgradeOptions options) {
    return starter.start(RunKind.UPGRADE, null, ids, options);
  }

  @Override
  public RunHandle mend(List<PlannedMend> mends, UpgradeOptions options) {
    return starter.mend(mends, options);
  }

  @Override
  public PlannedRun plan(RunRequest request, Set<String> scopes) {
    return planned(request, scopes, selection::matching);
  }

  @Override
  public PlannedRun peek(RunRequest request, Set<String> scopes) {
    return planned(request, scopes, store::ids);
  }

  private PlannedRun planned(RunRequest request, Set<String> scopes, RunPlanner.Finder finder) {
    return switch (request) {
      case RunRequest.Matching matching -> planner.matching(matching, scopes, finder);
      case RunRequest.Chosen chosen -> planner.chosen(chosen, scopes);
      case RunRequest.Retry retry -> planner.retry(retry, known(retry.run(), UpgradeCode.RETRIED));
      case RunRequest.RetryAll _ -> planner.retryAll(scopes, enrichers.name(), finder);
      case RunRequest.Part part -> planner.resume(part, known(part.run()));
      case RunRequest.Resume resume ->
          planner.resume(resume, known(resume.run(), UpgradeCode.RESUMED));
    };
  }

  @Override
  public PlannedRun check(PlannedRun plan, PlanReader reader) {
    return planner.check(plan, reader);
  }

  @Override
  public RunHandle start(PlannedRun plan, UpgradeOptions options) {
    if (plan.request() instanceof RunRequest.Resume(long run)) {
      return starter.resume(known(run, UpgradeCode.RESUMED), IdSet.copyOf(plan.ids()), options);
    }
    if (plan.request() instanceof RunRequest.Part(long run)) {
      return starter.work(run, options);
    }
    UpgradeOptions scoped = options.withScopes(plan.scopes());
    if (plan.kind() == RunKind.MEND && plan.request() instanceof RunRequest.Retry(long run)) {
      return starter.mend(selection.failedMends(known(run, UpgradeCode.RETRIED)), scoped);
    }
    return starter.start(plan.kind(), null, plan.ids(), scoped);
  }

  /** A run that is no restore. */
  private RunRecord known(long run, UpgradeCode done) {
    RunRecord record = known(run);
    Restorer.refuse(record, done);
    return record;
  }

  private RunRecord known(long run) {
    return journal
        .runs()
        .find(storeKey, run)
        .orElseThrow(() -> new UpgradeException(UpgradeCode.NO_SUCH_RUN.with(run)));
  }

  @Override
  public List<RunRecord> resumable() {
    return journal.runs().stopped(storeKey).stream()
        .filter(RunRecord::isResumable)
        .sorted(Comparator.comparing(record -> record.state() != RunState.INTERRUPTED))
        .toList();
  }

  @Override
  public RunHandle undo(long run, Collection<String> ids, UpgradeOptions options) {
    known(run, UpgradeCode.UNDONE);
    List<String> written = selection.written(run, ids);
    return starter.start(RunKind.UNDO, run, written, options.withScopes(Set.of()));
  }

  @Override
  public Erasure.Plan planErasure(Set<Long> runs, long before) throws InterruptedException {
    runs.forEach(this::known);
    return eraser.plan(runs, before);
  }

  @Override
  public Erasure.Report erase(Erasure.Plan plan) throws InterruptedException {
    return eraser.erase(plan);
  }

  @Override
  public void restore(RestorePlan plan, SnapshotProgress progress) throws InterruptedException {
    restorer.restore(plan, progress);
  }

  @Override
  public RunHandle resume(long run, UpgradeOptions options) {
    return starter.resume(known(run, UpgradeCode.RESUMED), null, options);
  }

  @Override
  public VerifyReport verify(@Nullable Long run) throws InterruptedException {
    List<RunRecord> runs =
        run == null ? journal.runs().latest(storeKey, Integer.MAX_VALUE) : List.of(known(run));
    return verifier.verify(runs);
  }

  @Override
  public VerifyReport verifyUnsettled() throws InterruptedException {
    return verifier.verify(unsettled());
  }

  @Override
  public Map<Long, Long> laterLooks() {
    return verifier.laterLooks(unsettled());
  }

  private List<RunRecord> unsettled() {
    return journal.runs().latest(storeKey, RUNS_LOOKED_AT).stream()
        .filter(record -> record.verification() == Verification.VERIFIED)
        .toList();
  }

  @Override
  public RunHandle reapply(long run, UpgradeOptions options) {
    return starter.reapply(known(run, UpgradeCode.RE_APPLIED), options);
  }

  @Override
  public Optional<TeamRuns> sharedRuns() {
    return starter.sharedRuns();
  }

  @Override
  public long share(PlannedRun plan, UpgradeOptions options, TeamTerms terms) {
    return starter.share(plan, options, terms);
  }

  @Override
  public RunHandle work(long run, UpgradeOptions options) {
    return starter.work(run, options);
  }

  @Override
  public Optional<RunHandle> active() {
    return starter.active();
  }

  @Override
  public UpgradePreview preview(MemoryEntry entry, UpgradeOptions options)
      throws InterruptedException {
    return previewer.preview(entry, options);
  }

  @Override
  public Optional<UpgradePreview> previewed(MemoryEntry entry, UpgradeOptions options)
      throws InterruptedException {
    return previewer.previewed(entry, options);
  }

  @Override
  public List<RunRecord> runs(int limit) {
    return journal.runs().latest(storeKey, limit);
  }

  @Override
  public Optional<RunRecord> run(long run) {
    return journal.runs().find(storeKey, run);
  }

  @Override
  public List<EntryRecord> entries(long run, Set<EntryState> states, int offset, int limit) {
    return journal.entries().list(run, states, offset, limit);
  }

  @Override
  public List<EntryRecord> entriesFinished(long run, long fromMillis, long toMillis) {
    return journal.entries().finished(run, fromMillis, toMillis);
  }

  @Override
  public List<EntryRecord> history(String id) {
    return journal.entries().history(storeKey, id);
  }

  @Override
  public Set<String> failedIds() {
    return journal.entries().failedIds(storeKey);
  }

  @Override
  public void close() {
    try (store;
        journal) {
      restorer.close();
      starter.close();
    }
  }
}
