package dev.memoryconsole.cli.command;

import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.exchange.Snapshots;
import dev.memoryconsole.lab.ContentionLab;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command line needs from the composition root. */
public interface Services {
  /**
   * Opens an existing store with its journal.
   *
   * @param workspace the app's folder; null for the platform's
   */
  Upgrades open(StoreLocation store, @Nullable Path workspace);

  /**
   * Opens an existing store with its journal; its runs ask this model.
   *
   * @param workspace the app's folder; null for the platform's
   */
  Upgrades open(StoreLocation store, @Nullable Path workspace, ModelSettings model);

  /** Opens a store, making it if there is none. */
  Upgrades openOrCreate(StoreLocation store, @Nullable Path workspace);

  /**
   * Begins a store that is made of rows at one go.
   *
   * @return empty if something is there, or if rows are to be added to an empty store
   */
  Optional<NewStore> begin(StoreLocation store) throws InterruptedException;

  /** Services for stores whose plugin takes this lock, whatever its configuration says. */
  Services lockingBy(PluginLock lock);

  /** Language models: to try one, and to list those of an endpoint. */
  Models models();

  /** What models cost, as the admin set it in this workspace. */
  PriceTable prices(@Nullable Path workspace);

  /** How a run goes about it where no option says anything, as the admin set it here. */
  UpgradeOptions options(@Nullable Path workspace);

  /** Where figures are served if no option says anything, as the admin set it here; null if not. */
  @Nullable Integer metricsPort(@Nullable Path workspace);

  /** The whole store where a location names a part of one, which need not be there. */
  StoreLocation whole(StoreLocation store);

  /** The snapshots of all stores, as they are kept in this folder. */
  Snapshots snapshots(@Nullable Path workspace);

  /**
   * Serves the figures of an open store to Prometheus on this machine.
   *
   * @param port 1 to 65535
   * @throws dev.memoryconsole.metrics.MetricsException if the port can't be had
   */
  Metrics serve(int port, Upgrades upgrades);

  /** What is served until closed. */
  @FunctionalInterface
  interface Metrics extends AutoCloseable {
    @Override
    void close();
  }

  /** The contention lab, with its copies in this folder. */
  ContentionLab lab(@Nullable Path workspace);
}
