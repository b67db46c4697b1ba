package dev.memoryconsole.crash;

import dev.memoryconsole.store.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Kills at the steps of a run on a table in PostgreSQL. The journal's are in the long form only:
 * the other test has them.
 */
class PostgresKillMatrixTest extends KillMatrix {
  @BeforeAll
  static void tellThePassword() throws IOException {
    System.setProperty(
        PostgresServer.PASSWORD_FILE, PostgresServer.shared().passwords().toString());
  }

  @AfterAll
  static void forget() {
    System.clearProperty(PostgresServer.PASSWORD_FILE);
  }

  @Override
  SiteStore empty(Path site) {
    return SiteStore.InPostgres.fresh();
  }

  @Override
  int kills() {
    return 12;
  }

  @Override
  boolean isOurs(String step) {
    return step.startsWith("postgres ");
  }
}
