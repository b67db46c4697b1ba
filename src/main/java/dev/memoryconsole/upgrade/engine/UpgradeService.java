package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.diff.MetadataDiff;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.RestorePlan;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradePreview;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.VerifyReport;
import dev.memoryconsole.upgrade.pace.StorePacing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The upgrades of one open store. Thread-safe. Owns the store and the journal it is given. */
public final class UpgradeService implements Upgrades {
  private static final int RUNS_LOOKED_AT = 50;

  private final MemoryStore store;
  private final Journal journal;
  private final Enrichers enrichers;
  private final SnapshotTaker snapshots;
  private final Clock clock;
  private final MarkerClock markers;
  private final String storeKey;
  private final StorePacing pacing;
  private final LockLog locks;
  private final Verifier verifier;
  private final LockBreaker breaker;
  private final Restorer restorer;
  private final Object starting = new Object();
  private volatile @Nullable UpgradeRun current;

  /** Without snapshots; see the other constructor. */
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
    this.snapshots = snapshots;
    this.clock = clock;
    this.markers = new MarkerClock(clock);
    this.storeKey = store.location().key();
    this.pacing = StorePacing.of(store, System::nanoTime);
    this.breaker = new LockBreaker(store, journal);
    this.restorer = new Restorer(store, journal, clock);
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
  public String enricher() {
    return enrichers.name();
  }

  @Override
  public RunHandle upgrade(EntryQuery selection, int limit, UpgradeOptions options) {
    RunKind kind = selection.stamped() ? RunKind.STAMPED : RunKind.UPGRADE;
    return start(kind, inventory(selection, limit), options);
  }

  @Override
  public RunHandle upgrade(List<String> ids, UpgradeOptions options) {
    return start(RunKind.UPGRADE, ids, options);
  }

  @Override
  public RunHandle retry(long run, UpgradeOptions options) {
    RunRecord record = known(run, "retried");
    RunKind kind = record.kind() == RunKind.STAMPED ? RunKind.STAMPED : RunKind.RETRY;
    return start(kind, retryableIds(run), options.withScopes(record.scopes()));
  }

  @Override
  public RunHandle retryAll(UpgradeOptions options) {
    return start(RunKind.RETRY, withFailed(inventory(retryable(), Integer.MAX_VALUE)), options);
  }

  @Override
  public List<String> retryableIds(long run) {
    return journal.entries().retryableIds(run);
  }

  @Override
  public List<String> retryableIds() {
    return withFailed(store.ids(retryable(), Integer.MAX_VALUE));
  }

  private List<String> withFailed(List<String> retryable) {
    Set<String> ids = new LinkedHashSet<>(retryable);
    ids.addAll(journal.entries().failedIds(storeKey));
    return List.copyOf(ids);
  }

  @Override
  public List<String> unenrichedIds(long run) {
    return journal.entries().left(run).stream()
        .filter(left -> left.state() == EntryState.QUEUED)
        .map(EntryProgress::id)
        .toList();
  }

  private List<String> inventory(EntryQuery selection, int limit) {
    // Not even its lock is taken where nothing may be written under it.
    store.writeRefusal().ifPresent(UpgradeService::refuse);
    try {
      return store.inventory(selection, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private static UpgradeException stopped() {
    return new UpgradeException("It was stopped before it began; nothing was started.");
  }

  /**
   * Without a model, enriching anew what has the simple enrichment by choice would gain nothing.
   */
  private EntryQuery retryable() {
    return enrichers.name().equals(Marker.SIMPLE)
        ? EntryQuery.ALL.withStates(Set.of(MemoryState.FALLBACK))
        : EntryQuery.ALL.onlyRetryable();
  }

  /** A run that is no restore. */
  private RunRecord known(long run, String done) {
    RunRecord record = known(run);
    Restorer.refuse(record, done);
    return record;
  }

  private RunRecord known(long run) {
    return journal
        .runs()
        .find(storeKey, run)
        .orElseThrow(
            () ->
                new UpgradeException(
                    "There is no run " + run + " of this store; nothing was started."));
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
    known(run, "undone");
    Set<String> wanted = Set.copyOf(ids);
    List<String> written =
        journal.entries().writtenIds(run).stream()
            .filter(id -> wanted.isEmpty() || wanted.contains(id))
            .toList();
    if (written.isEmpty()) {
      throw new UpgradeException(
          wanted.isEmpty()
              ? "Run " + run + " wrote nothing, so there is nothing to take back."
              : "Run " + run + " wrote none of these entries; nothing was started.");
    }
    return start(RunKind.UNDO, run, written, options.withScopes(Set.of()));
  }

  @Override
  public void restore(RestorePlan plan, SnapshotProgress progress) throws InterruptedException {
    restorer.restore(plan, progress);
  }

  private RunHandle start(RunKind kind, List<String> ids, UpgradeOptions options) {
    return start(kind, null, ids, options);
  }

  private RunHandle start(
      RunKind kind, @Nullable Long ofRun, List<String> ids, UpgradeOptions wished) {
    UpgradeOptions options = wished.on(store);
    List<String> unique = List.copyOf(new LinkedHashSet<>(ids));
    List<Candidate> candidates = new ArrayList<>(unique.size());
    for (String id : unique) {
      candidates.add(new Candidate(candidates.size(), id));
    }
    RunPlan plan =
        new RunPlan(
            storeKey,
            kind,
            enrichers.name(),
            options.recordedRows(),
            options.onFailure().name(),
            options.scopes(),
            ofRun,
            unique);
    return begin(
        enriching(kind),
        options,
        () ->
            new RunBeginning(
                journal.runs().start(plan, clock.millis()).orElseThrow(UpgradeService::stopped),
                kind,
                ofRun,
                candidates,
                Map.of(),
                0,
                ModelUsage.NONE,
                null));
  }

  @Override
  public RunHandle resume(long run, UpgradeOptions options) {
    RunRecord record = known(run, "resumed");
    return begin(
        enriching(record.kind()),
        options.on(store).withScopes(record.scopes()),
        () -> reopened(run, record));
  }

  private RunBeginning reopened(long run, RunRecord record) {
    // Of one that is at work the journal says where.
    boolean isDone = record.state().isOver() && !record.isResumable();
    if (isDone || !journal.runs().reopen(storeKey, run)) {
      throw new UpgradeException("Nothing is left to do in run " + run + "; nothing was started.");
    }
    List<Candidate> left = journal.entries().left(run).stream().map(Candidate::new).toList();
    Map<EntryState, Integer> counts = new HashMap<>(record.counts());
    counts.remove(EntryState.CANCELLED);
    return new RunBeginning(
        run,
        record.kind(),
        record.ofRun(),
        left,
        counts,
        record.elapsedMillis(),
        record.usage(),
        null);
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
    RunRecord record = known(run, "re-applied");
    if (record.state() == RunState.INTERRUPTED) {
      throw new UpgradeException(
          "Run " + run + " was interrupted; resume it, which re-applies what was overwritten too.");
    }
    // What is merged again was enriched before.
    return begin(
        SimpleEnricher::new,
        options.on(store).withScopes(record.scopes()),
        () -> reverified(run, record));
  }

  private RunBeginning reverified(long run, RunRecord record) {
    if (!journal.runs().reopenToVerify(storeKey, run)) {
      throw new UpgradeException("Run " + run + " is not over; nothing was started.");
    }
    return new RunBeginning(
        run,
        record.kind(),
        record.ofRun(),
        List.of(),
        record.counts(),
        record.elapsedMillis(),
        record.usage(),
        record.state());
  }

  private static void refuse(String sentence) {
    throw new UpgradeException(sentence);
  }

  private void refuseIfActive() {
    UpgradeRun active = current;
    if (active != null && !active.isOver()) {
      throw new UpgradeException(
          "Run "
              + active.id()
              + " is still at work on this store; wait for it or cancel it first.");
    }
  }

  private void refuseIfNotSwappable(UpgradeOptions options) {
    if (options.commit() == UpgradeOptions.CommitMode.CAS && store.rowSwap().isEmpty()) {
      throw new UpgradeException(
          store.kind()
              + " stores keep no versions to compare, so rows can't be written by"
              + " compare-and-swap; nothing was started, use batches instead.");
    }
  }

  /** An undo enriches nothing. */
  private Supplier<Enricher> enriching(RunKind kind) {
    return kind == RunKind.UNDO ? SimpleEnricher::new : enrichers::open;
  }

  /** The enricher first: a run that can't enrich must not be recorded. */
  private RunHandle begin(
      Supplier<Enricher> enriching, UpgradeOptions options, Supplier<RunBeginning> recorded) {
    synchronized (starting) {
      refuseIfActive();
      refuseIfNotSwappable(options);
      store.writeRefusal().ifPresent(UpgradeService::refuse);
      Enricher enricher = enriching.get();
      RunBeginning beginning;
      try {
        beginning = recorded.get();
        // Nobody else starts a run of the store before this one has ended.
        markers.after(journal.runs().lastMarker(storeKey));
      } catch (RuntimeException e) {
        enricher.close();
        throw e;
      }
      UpgradeRun run =
          new UpgradeRun(
              beginning, store, journal, enricher, snapshots, options, markers, pacing, clock);
      current = run;
      run.start();
      return run;
    }
  }

  @Override
  public Optional<RunHandle> active() {
    UpgradeRun run = current;
    return run == null || run.isOver() ? Optional.empty() : Optional.of(run);
  }

  @Override
  public UpgradePreview preview(MemoryEntry entry, UpgradeOptions options)
      throws InterruptedException {
    String title = Titles.of(entry.text());
    String flaw = entry.flaw();
    if (flaw != null) {
      return new UpgradePreview(
          entry.id(), title, EntryState.FAILED, UnreadableRow.sentence(flaw), List.of());
    }
    Optional<String> refusal =
        new Preconditions(
                LegacyRule.isStamped(entry) ? RunKind.STAMPED : RunKind.UPGRADE, options.scopes())
            .refusal(entry);
    if (refusal.isPresent()) {
      return new UpgradePreview(entry.id(), title, EntryState.SKIPPED, refusal.get(), List.of());
    }
    EnrichmentResult result;
    try (Enricher enricher = enrichers.open()) {
      result = EnrichmentResult.of(enricher.enrich(entry), enricher.name());
    } catch (EnrichmentException e) {
      String reason = ErrorSentence.sentence(e);
      if (options.onFailure() == UpgradeOptions.FailurePolicy.LEAVE) {
        return new UpgradePreview(entry.id(), title, EntryState.FAILED, reason, List.of());
      }
      result = EnrichmentResult.fallback(reason);
    }
    String merged =
        MetadataMerge.merge(
            entry, result.enrichmentOf(entry.text()), result.marker(clock.millis()));
    return new UpgradePreview(
        entry.id(),
        title,
        result.error() == null ? EntryState.UPGRADED : EntryState.FALLBACK,
        result.reason(),
        MetadataDiff.between(entry.metadata(), merged));
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
      endRun();
    }
  }

  private void endRun() {
    restorer.close();
    UpgradeRun run = current;
    if (run == null) {
      return;
    }
    run.cancel();
    boolean interrupted = false;
    while (!run.isOver()) {
      try {
        run.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
