package dev.memoryconsole.store.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.postgres.DriverBetween;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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

  /** Has an agent do something until it is seen. */
  private static void awaitSeen(MemoryStore store, Statement agent) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              agent.execute("UPDATE memories SET importance = 1");
              return store.otherWriters().active();
            });
  }

  @Test
  void anAgentIsAtWorkWhileItWritesAndNotWhenItIsOnlyConnected() throws SQLException {
    try (MemoryStore store = server.openTable(database);
        Connection agent = server.connect(PostgresServer.ADMIN, database);
        Statement statement = agent.createStatement()) {
      awaitSeen(store, statement);
      awaitActive(store, false);
      // In the midst of its transaction, and silent.
      agent.setAutoCommit(false);
      awaitSeen(store, statement);
      awaitActive(store, false);
      agent.rollback();
    }
  }

  @Test
  void otherConsolesAndOtherDatabasesAreNotOthers() throws SQLException {
    try (MemoryStore store = server.openTable(database);
        MemoryStore console = server.openTable(database);
        Connection pooled = server.connect(PostgresServer.ADMIN, database);
        Statement behindAPooler = pooled.createStatement();
        Connection elsewhere = server.connect(PostgresServer.ADMIN, PostgresServer.ADMIN);
        Statement statement = elsewhere.createStatement()) {
      awaitSeen(store, behindAPooler);
      behindAPooler.execute("SET application_name = 'memory-console - 10.0.0.7:5000'");
      awaitActive(store, false);
      await()
          .during(LOOKS)
          .until(
              () -> {
                console.stats();
                behindAPooler.execute("SELECT 1");
                statement.execute("SELECT 1");
                return !store.otherWriters().active();
              });
    }
  }

  @Test
  void whoMayNotSeeWhatOthersDoTakesThemToBeAtWork() throws SQLException {
    String role = role("LOGIN");
    try (Connection agent = server.connect(PostgresServer.ADMIN, database);
        MemoryStore store = server.openTable(role, database)) {
      stays(store, true);
      assertThat(agent.isValid(5)).isTrue();
      server.execute(database, "GRANT pg_read_all_stats TO " + role);
      awaitActive(store, false);
    } finally {
      remove(role);
    }
  }

  @Test
  void whoGetsNoAnswerTakesOthersToBeAtWork() {
    String role = role("LOGIN CONNECTION LIMIT 1");
    try (MemoryStore store = server.openTable(role, database)) {
      stays(store, true);
    } finally {
      remove(role);
    }
  }

  /** Knows of no sessions once it is told so, as a server that only speaks like PostgreSQL. */
  private static final class Ignorant extends DriverBetween {
    private volatile boolean asked;
    private volatile boolean ignorant;

    private Ignorant(String database) throws SQLException {
      super("/" + database);
      register();
    }

    @Override
    protected @Nullable Object execute(Connection connection, String sql, Call call)
        throws Throwable {
      if (ignorant && sql.contains("pg_stat_activity")) {
        asked = true;
        throw new SQLException("relation does not exist", "42P01");
      }
      return call.run();
    }
  }

  @Test
  void whereTheServerCannotTellNobodyIsThere() throws SQLException {
    try (Ignorant between = new Ignorant(database);
        MemoryStore store = server.openTable(database);
        Connection agent = server.connect(PostgresServer.ADMIN, database);
        Statement statement = agent.createStatement()) {
      awaitSeen(store, statement);
      between.ignorant = true;
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                statement.execute("UPDATE memories SET importance = 1");
                return !store.otherWriters().active() && between.asked;
              });
    }
  }

  private String role(String rights) {
    String role = "looker_of_" + database;
    server.execute(
        database,
        "CREATE ROLE " + role + " " + rights + " PASSWORD '" + PostgresServer.PASSWORD + "'",
        "GRANT SELECT ON memories TO " + role);
    return role;
  }

  private void remove(String role) {
    server.execute(database, "REVOKE ALL ON memories FROM " + role, "DROP ROLE " + role);
  }
}
