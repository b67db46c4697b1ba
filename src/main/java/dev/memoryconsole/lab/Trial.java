package dev.memoryconsole.lab;

import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataMerge;
import dev.memoryconsole.memory.SimpleEnrichment;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** One strategy on one copy, beside the plugin. */
final class Trial {
  private static final long WATCH_MILLIS = 50;
  private static final double NANOS_PER_MILLI = 1_000_000.0;
  private static final int ONLY_RUN = 1;

  private final LabStores stores;
  private final LabPlan plan;
  private final Path copy;
  private final Path journal;
  private final List<String> ids;
  private final LabListener listener;
  private final Clock clock;

  Trial(
      LabStores stores,
      LabPlan plan,
      Path copy,
      Path journal,
      List<String> ids,
      LabListener listener,
      Clock clock) {
    this.stores = stores;
    this.plan = plan;
    this.copy = copy;
    this.journal = journal;
    this.ids = ids;
    this.listener = listener;
    this.clock = clock;
  }

  LabResult run(Strategy strategy) throws InterruptedException {
    listener.trying(strategy, 0, ids.size());
    try (LabStores.Plugin plugin = stores.plugin(copy, plan.patienceMillis())) {
      PluginWriter writer = new PluginWriter(plugin, ids, plan.writerMillis());
      try {
        return run(strategy, writer);
      } finally {
        writer.stopAndWait();
      }
    }
  }

  private LabResult run(Strategy strategy, PluginWriter writer) throws InterruptedException {
    LockSummary lock;
    long elapsed;
    SimulatedModel model = new SimulatedModel(plan.modelMillis(), plan.modelFailures());
    if (strategy == Strategy.LOCK_DURING_MODEL) {
      try (MemoryStore store = stores.open(copy, false)) {
        long begin = System.nanoTime();
        writer.start();
        lock = holdingDuringModel(store, model);
        elapsed = System.nanoTime() - begin;
      }
    } else {
      MemoryStore store = stores.open(copy, strategy != Strategy.LOCK_PER_ENTRY);
      try (UpgradeService service = service(store, model)) {
        long begin = System.nanoTime();
        writer.start();
        lock = follow(strategy, service.upgrade(ids, options(strategy))).lock();
        elapsed = System.nanoTime() - begin;
      }
    }
    writer.end();
    try (MemoryStore store = stores.open(copy, false)) {
      return new LabResult(
          strategy,
          lock.acquisitions(),
          lock.holds(),
          writer.waits(),
          writer.writes(),
          writer.failed(),
          writer.lost(store),
          Math.round(elapsed / NANOS_PER_MILLI));
    }
  }

  private UpgradeService service(MemoryStore store, SimulatedModel model) {
    try {
      return new UpgradeService(
          store, stores.journal(journal), Enrichers.of(model), SnapshotTaker.NONE, clock);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private UpgradeOptions options(Strategy strategy) {
    int batch = strategy == Strategy.LOCK_PER_ENTRY ? 1 : plan.batchSize();
    return new UpgradeOptions(batch, plan.concurrency(), FailurePolicy.FALLBACK, Set.of())
        .withSnapshot(false)
        .withCommit(strategy == Strategy.COMPARE_AND_SWAP ? CommitMode.CAS : CommitMode.BATCH);
  }

  private RunProgress follow(Strategy strategy, RunHandle run) throws InterruptedException {
    RunProgress now = run.progress();
    while (!now.state().isOver()) {
      listener.trying(strategy, now.done(), ids.size());
      Thread.sleep(WATCH_MILLIS);
      now = run.progress();
    }
    if (!run.problem().isEmpty()) {
      throw new StoreException(run.interruption());
    }
    return now;
  }

  /** Upgrades entry after entry with the lock held while the model thinks, as plugins once did. */
  private LockSummary holdingDuringModel(MemoryStore store, SimulatedModel model)
      throws InterruptedException {
    for (int i = 0; i < ids.size(); i++) {
      listener.trying(Strategy.LOCK_DURING_MODEL, i, ids.size());
      LockPurpose purpose = new LockPurpose(LockPurpose.Kind.UPGRADE, ONLY_RUN, i + 1);
      try {
        store.patch(List.of(ids.get(i)), row -> enriched(row, model), purpose);
      } catch (StoreException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        throw e;
      }
    }
    return store.lockMetrics().summaryOf(ONLY_RUN);
  }

  private RowWrite enriched(MemoryEntry row, SimulatedModel model) {
    long now = clock.millis();
    Enrichment enrichment;
    Marker marker;
    try {
      enrichment = model.enrich(row).enrichment();
      marker = new Marker(now, SimulatedModel.NAME, null);
    } catch (EnrichmentException e) {
      enrichment = SimpleEnrichment.of(row.text());
      marker = new Marker(now, Marker.SIMPLE, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      // Out of the lock by the way that gives the batch up.
      Thread.currentThread().interrupt();
      throw new StoreException(LabCode.STOPPED.with(), e);
    }
    return new RowWrite.Change(row, MetadataMerge.merge(row, enrichment, marker));
  }
}
