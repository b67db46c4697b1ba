package dev.memoryconsole.upgrade;

import dev.memoryconsole.store.sqlite.SqliteStore;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** Upgrades of a store whose agent may write an old copy of a row back. */
public abstract class VerifyTestBase extends UpgradeTestBase {
  protected static final Duration SHORT = Duration.ofMillis(60);
  protected static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT.withBatchSize(10);
  protected static final String STALE = "{\"note\":\"from the agent\"}";

  protected SettlingStore settling;

  @BeforeEach
  protected void openAndSettle() {
    store = SqliteStore.create(file());
    settling = new SettlingStore(store, SHORT);
    upgrades = service(settling.store(), folder, Clock.systemUTC());
  }

  /** As the plugin's patch does that read the row before the upgrade. */
  protected void writeOldCopyBack(String id) throws SQLException {
    executeAsAgent("UPDATE memories SET metadata = ? WHERE id = ?", STALE, id);
  }
}
