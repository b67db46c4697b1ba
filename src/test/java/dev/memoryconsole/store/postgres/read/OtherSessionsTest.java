package dev.memoryconsole.store.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.PostgresOptions;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.store.postgres.PostgresStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who else is at work in a database, as the server tells. */
@Tag("postgres")
class OtherSessionsTest {
  private static final Duration LOOKS = Duration.ofMillis(1_600);

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.newDatabase();

  @BeforeEach
  void table() {
    server.makeTable(database).close();
  }

  @AfterEach
  void drop() {
    server.drop(database);
  }

  private static void awaitActive(MemoryStore store, boolean active) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> store.otherWriters().equals(new OtherWriters(active, false)));
  }

  private static void stays(MemoryStore store, boolean active) {
    awaitActive(store, active);
    await().during(LOOKS).until(() -> store.otherWriters().active() == active);
  }

  @Test
  void anAgentIsAtWorkWhileItWritesAndNotWhenItIsOnlyConnected() throws SQLException {
    try (MemoryStore store = server.openTable(database);
        Connection agent = server.connect(PostgresServer.ADMIN, database);
        Statement statement = agent.createStatement()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                statement.execute("UPDATE memories SET importance = 1");
                return store.otherWriters().active();
              });
      awaitActive(store, false);
      // In the midst of its transaction, and silent.
      agent.setAutoCommit(false);
      statement.execute("UPDATE memories SET importance = 1");
      awaitActive(store, false);
      agent.rollback();
    }
  }

  @Test
  void otherConsolesAndOtherDatabasesAreNotOthers() throws SQLException {
    try (MemoryStore store = server.openTable(database);
        MemoryStore console = server.openTable(database);
        Connection elsewhere = server.connect(PostgresServer.ADMIN, PostgresServer.ADMIN);
        Statement statement = elsewhere.createStatement()) {
      awaitActive(store, false);
      await()
          .during(LOOKS)
          .until(
              () -> {
                console.stats();
                statement.execute("SELECT 1");
                return !store.otherWriters().active();
              });
    }
  }

  @Test
  void whoMayNotSeeWhatOthersDoTakesThemToBeAtWork() throws SQLException {
    String role = "looker_of_" + database;
    server.execute(
        database,
        "CREATE ROLE " + role + " LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'",
        "GRANT SELECT ON memories TO " + role);
    try (Connection agent = server.connect(PostgresServer.ADMIN, database);
        MemoryStore store = openAs(role)) {
      stays(store, true);
      assertThat(agent.isValid(5)).isTrue();
      server.execute(database, "GRANT pg_read_all_stats TO " + role);
      awaitActive(store, false);
    } finally {
      server.execute(database, "REVOKE ALL ON memories FROM " + role, "DROP ROLE " + role);
    }
  }

  private MemoryStore openAs(String role) {
    return PostgresStore.open(
        StoreLocation.parse(server.url(role, database)).orElseThrow(),
        new PostgresOptions(
            PostgresOptions.PATIENCE,
            PostgresOptions.RECONNECTING,
            Clock.systemUTC(),
            role,
            keychain -> Optional.of(PostgresServer.PASSWORD)));
  }

  @Test
  void whoIsNotToldTakesNobodyToBeThere() {
    MemoryStore store = server.openTable(database);
    store.close();
    assertThat(store.otherWriters().active()).isFalse();
  }
}
