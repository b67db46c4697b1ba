package dev.memoryconsole.upgrade.shared;

import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.journal.postgres.PostgresTeamJournal;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.PostgresOptions;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.store.postgres.PostgresStore;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A console as on a machine of its own: with its own journal, on a table that others use too. */
public record Console(Upgrades upgrades) implements AutoCloseable {
  /** Opens a table by its URL, as the administrator of the tests. */
  public static Console open(String url, Path journal, Enrichers enrichers, Duration lease) {
    PostgresStore store =
        PostgresStore.open(
            StoreLocation.parse(url).orElseThrow(),
            new PostgresOptions(
                PostgresOptions.PATIENCE,
                PostgresOptions.RECONNECTING,
                Clock.systemUTC(),
                PostgresServer.ADMIN,
                login -> Optional.of(PostgresServer.PASSWORD)));
    return new Console(
        new UpgradeService(
            store,
            new PostgresTeamJournal(new SqliteJournal(journal), store, lease, Clock.systemUTC()),
            enrichers,
            SnapshotTaker.NONE,
            Clock.systemUTC()));
  }

  /** The shared runs of the table. */
  public TeamRuns team() {
    return upgrades.sharedRuns().orElseThrow();
  }

  /** What is legacy. */
  public PlannedRun plan() {
    return upgrades.plan(new RunRequest.Matching(EntryQuery.ALL), Set.of());
  }

  @Override
  public void close() {
    upgrades.close();
  }
}
