package dev.memoryconsole.app;

import dev.memoryconsole.app.server.Databases;
import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.exchange.Retention;
import dev.memoryconsole.exchange.Snapshots;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.postgres.PostgresTeamJournal;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lab.ContentionLab;
import dev.memoryconsole.metrics.MetricsEndpoint;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Monitoring;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.store.postgres.PostgresStore;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a store, the journal and an enricher together. Thread-safe. */
public final class Assembly implements Services {
  private final Enricher enricher;
  private final Clock clock;
  private final KeyLookup keys;
  private final Stores stores;

  /** Gives every store this enricher and clock; keys come from the system. */
  public Assembly(Enricher enricher, Clock clock) {
    this(enricher, clock, KeyLookup.system());
  }

  /** Gives every store this enricher and clock; keys come from {@code keys}. */
  public Assembly(Enricher enricher, Clock clock, KeyLookup keys) {
    this(enricher, clock, keys, new Stores(clock));
  }

  /** Opens stores by {@code stores}. */
  Assembly(Enricher enricher, Clock clock, KeyLookup keys, Stores stores) {
    this.keys = keys;
    this.enricher = enricher;
    this.clock = clock;
    this.stores = stores;
  }

  @Override
  public Assembly lockingBy(PluginLock lock) {
    return new Assembly(enricher, clock, keys, stores.lockingBy(lock));
  }

  @Override
  public Upgrades open(StoreLocation store, @Nullable Path workspace) {
    return upgrades(stores.open(store), workspace(workspace));
  }

  @Override
  public Upgrades open(StoreLocation store, @Nullable Path workspace, ModelSettings model) {
    Workspace folder = workspace(workspace);
    return upgrades(
        stores.open(store), folder, new ModelEnrichers(model, prices(workspace), models()));
  }

  @Override
  public Upgrades openOrCreate(StoreLocation store, @Nullable Path workspace) {
    return upgrades(stores.openOrCreate(store), workspace(workspace));
  }

  @Override
  public Optional<NewStore> begin(StoreLocation store) throws InterruptedException {
    return stores.begin(store);
  }

  /** Opens an existing store; its runs ask these. */
  Upgrades open(StoreLocation store, Workspace workspace, Enrichers enrichers) {
    return upgrades(stores.open(store), workspace, enrichers);
  }

  /** Makes an empty store and opens it. */
  Upgrades create(StoreLocation store, @Nullable Path workspace) {
    return upgrades(stores.create(store), workspace(workspace));
  }

  /** Makes an empty store and opens it; its runs ask these. */
  Upgrades create(StoreLocation store, Workspace workspace, Enrichers enrichers) {
    return upgrades(stores.create(store), workspace, enrichers);
  }

  /** Tables on servers, before one is opened. */
  Databases databases() {
    return stores.databases();
  }

  /** The enricher that works while no model is chosen. */
  Enricher withoutModel() {
    return enricher;
  }

  @Override
  public Models models() {
    return new Models(keys, clock);
  }

  @Override
  public PriceTable prices(@Nullable Path workspace) {
    return PriceTable.with(load(workspace).pricesOrDefault());
  }

  @Override
  public UpgradeOptions options(@Nullable Path workspace) {
    return LockingOptions.of(load(workspace).lockingOrDefault());
  }

  @Override
  public @Nullable Integer metricsPort(@Nullable Path workspace) {
    return load(workspace).monitoringOrDefault().port();
  }

  private static Settings load(@Nullable Path workspace) {
    return new SettingsFile(workspace(workspace).settings()).load();
  }

  @Override
  public StoreLocation whole(StoreLocation store) {
    return stores.whole(store);
  }

  @Override
  public Snapshots snapshots(@Nullable Path workspace) {
    return snapshots(workspace(workspace));
  }

  @Override
  public ContentionLab lab(@Nullable Path workspace) {
    return new ContentionLab(new SqliteLabStores(), workspace(workspace).lab(), clock);
  }

  private Snapshots snapshots(Workspace workspace) {
    SettingsFile settings = new SettingsFile(workspace.settings());
    return new Snapshots(
        workspace.snapshots(), clock, () -> retention(settings.load()), stores::keeps);
  }

  /**
   * Takes a snapshot of a store before each of its runs, unless that is switched off or there are
   * none of such a store.
   */
  SnapshotTaker beforeRuns(MemoryStore store, Workspace workspace) {
    SettingsFile settings = new SettingsFile(workspace.settings());
    Snapshots snapshots = snapshots(workspace);
    return new SnapshotTaker() {
      @Override
      public Optional<SnapshotTaker.Room> room() {
        return settings.load().snapshotsOrDefault() ? snapshots.room(store) : Optional.empty();
      }

      @Override
      public void take(long run, SnapshotProgress progress) throws InterruptedException {
        if (store instanceof Restorable && settings.load().snapshotsOrDefault()) {
          snapshots.take(store, run, progress);
        }
      }
    };
  }

  private static Retention retention(Settings now) {
    return new Retention(
        now.snapshotsKeptOrDefault(), now.snapshotsGigabytesOrDefault() * Retention.GIGABYTE);
  }

  @Override
  public Metrics serve(int port, Upgrades upgrades) {
    MetricsEndpoint endpoint = MetricsEndpoint.open(port);
    endpoint.show(upgrades);
    return endpoint::close;
  }

  private static Workspace workspace(@Nullable Path directory) {
    return directory == null ? Workspace.standard() : new Workspace(directory);
  }

  private Upgrades upgrades(MemoryStore store, Workspace workspace) {
    return upgrades(store, workspace, Enrichers.of(enricher));
  }

  private Upgrades upgrades(MemoryStore store, Workspace workspace, Enrichers enrichers) {
    Journal journal = null;
    try {
      journal = journals(new SqliteJournal(workspace.journal()), store);
      keepLocks(
          store, journal, new SettingsFile(workspace.settings()).load().monitoringOrDefault());
      return new UpgradeService(store, journal, enrichers, beforeRuns(store, workspace), clock);
    } catch (RuntimeException e) {
      if (journal != null) {
        journal.close();
      }
      store.close();
      throw e;
    }
  }

  /** Where many machines share a store, they can share runs. */
  private Journal journals(Journal local, MemoryStore store) {
    return store instanceof PostgresStore table
        ? new PostgresTeamJournal(local, table, PostgresTeamJournal.LEASE, clock)
        : local;
  }

  private void keepLocks(MemoryStore store, Journal journal, Monitoring monitoring) {
    store.lockMetrics().setOn(monitoring.locksOrDefault());
    // Also while it is off: it can be switched on at any time.
    journal.locks().keep(store.location().key(), store.lockMetrics(), clock);
  }
}
