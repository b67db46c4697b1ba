package dev.memoryconsole.cli;

import dev.memoryconsole.exchange.Snapshots;
import dev.memoryconsole.lab.ContentionLab;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the command line needs from the composition root. */
public interface Services {
  /**
   * Opens an existing store with its journal.
   *
   * @param workspace the app's folder; null for the platform's
   */
  Upgrades open(Path store, @Nullable Path workspace);

  /**
   * Opens an existing store with its journal; its runs ask this model.
   *
   * @param workspace the app's folder; null for the platform's
   */
  Upgrades open(Path store, @Nullable Path workspace, ModelSettings model);

  /** Opens a store, making it if there is none. */
  Upgrades openOrCreate(Path store, @Nullable Path workspace);

  /** The snapshots of all stores, as they are kept in this folder. */
  Snapshots snapshots(@Nullable Path workspace);

  /** The contention lab, with its copies in this folder. */
  ContentionLab lab(@Nullable Path workspace);
}
