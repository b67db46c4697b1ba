package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.contract.StoreContract;
import dev.memoryconsole.store.contract.StoreEngine;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that write the same rows at the same time, in transactions of their own. */
@Tag("postgres")
class PostgresAgentsTest extends StoreContract {
  private final PostgresEngine engine = new PostgresEngine("jsonb");
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private Connection agent;
  private Statement says;

  @Override
  protected StoreEngine engine() {
    return engine;
  }

  @BeforeEach
  void connectAgent() throws Exception {
    agent = PostgresServer.shared().connect(PostgresServer.ADMIN, engine.database());
    agent.setAutoCommit(false);
    says = agent.createStatement();
  }

  @AfterEach
  void leave() throws Exception {
    agent.close();
    executor.shutdownNow();
  }

  private static String upgraded(MemoryEntry row) {
    return MetadataJson.write(
        MetadataJson.objectOrEmpty(row.metadata()).put("memory_category", "cases"));
  }

  private Future<PatchReport> patching(MemoryStore with, String... ids) {
    return executor.submit(
        () -> with.patch(List.of(ids), Patches.of(PostgresAgentsTest::upgraded), PURPOSE));
  }

  /** Waits until somebody of ours waits for the agent. */
  private void awaitWaiter() {
    await()
        .until(
            () -> {
              try (Connection watcher =
                      PostgresServer.shared().connect(PostgresServer.ADMIN, engine.database());
                  Statement statement = watcher.createStatement();
                  ResultSet row =
                      statement.executeQuery(
                          "SELECT count(*) FROM pg_stat_activity WHERE application_name ="
                              + " 'memory-console' AND wait_event_type = 'Lock'")) {
                return row.next() && row.getInt(1) > 0;
              }
            });
  }

  @Test
  void whatAnAgentCommitsWhileItIsWaitedForIsMergedWith() throws Exception {
    add(entry("a", "text", "{\"kept\":1}"));
    says.execute(
        "UPDATE memories SET metadata = jsonb_set(metadata, '{access_count}', '5'), text = 'new'"
            + " WHERE id = 'a'");
    Future<PatchReport> ours = patching(store, "a");
    awaitWaiter();
    agent.commit();
    assertThat(ours.get().results().get("a")).isInstanceOf(PatchResult.Written.class);
    assertThat(MetadataJson.objectOrEmpty(only("a").metadata()))
        .isEqualTo(
            MetadataJson.objectOrEmpty(
                "{\"kept\":1,\"access_count\":5,\"memory_category\":\"cases\"}"));
    assertThat(only("a").text()).isEqualTo("new");
    assertThat(only("a").version()).isEqualTo(3);
  }

  @Test
  void aRowThatIsDeletedAndAddedWhileItIsWaitedForIsThere() throws Exception {
    add(entry("a", "text", "{}"));
    says.execute("DELETE FROM memories WHERE id = 'a'");
    says.execute("INSERT INTO memories (id, text, metadata) VALUES ('a', 'again', '{\"n\": 7}')");
    Future<PatchReport> ours = patching(store, "a");
    awaitWaiter();
    agent.commit();
    assertThat(ours.get().results().get("a")).isInstanceOf(PatchResult.Written.class);
    assertThat(only("a").text()).isEqualTo("again");
    assertThat(only("a").metadata()).contains("\"n\": 7", "cases");
  }

  /** An agent's transaction that finds itself in a deadlock at once, and so is the one to fail. */
  private void lockInAnotherOrder(Callable<Future<?>> ours) throws Exception {
    says.execute("SET deadlock_timeout = '1ms'");
    says.execute("UPDATE memories SET metadata = metadata || '{\"agent\": 1}' WHERE id = 'c'");
    Future<?> begun = ours.call();
    awaitWaiter();
    for (String id : List.of("a", "b")) {
      says.execute(
          "UPDATE memories SET metadata = metadata || '{\"agent\": 1}' WHERE id = '" + id + "'");
    }
    agent.commit();
    begun.get();
  }

  @Test
  void anAgentThatLocksInAnotherOrderIsNeverInADeadlockWithUs() throws Exception {
    add(at("a", 1), at("b", 1), at("c", 1));
    lockInAnotherOrder(() -> patching(store, "c", "b", "a"));
    for (String id : List.of("a", "b", "c")) {
      assertThat(only(id).metadata()).contains("cases", "agent");
    }
  }

  @Test
  void anAgentThatLocksInAnotherOrderIsNeverInADeadlockWithAnImport() throws Exception {
    add(at("a", 1), at("b", 1), at("c", 1));
    lockInAnotherOrder(
        () ->
            executor.submit(
                () ->
                    ((RowInsertion) store)
                        .insert(
                            List.of(at("a", 2), at("b", 2), at("c", 2)), ExistingRows.REPLACE)));
    for (String id : List.of("a", "b", "c")) {
      assertThat(only(id).timestamp()).isEqualTo(2);
    }
  }

  @Test
  void whileOneRowIsWaitedForTheOthersAreFree() throws Exception {
    add(at("a", 1), at("b", 1), at("c", 1));
    says.execute("SELECT 1 FROM memories WHERE id = 'b' FOR UPDATE");
    Future<PatchReport> ours = patching(store, "a", "b", "c");
    awaitWaiter();
    try (Connection other =
            PostgresServer.shared().connect(PostgresServer.ADMIN, engine.database());
        Statement statement = other.createStatement()) {
      statement.execute("SELECT 1 FROM memories WHERE id IN ('a', 'c') FOR UPDATE NOWAIT");
    }
    agent.commit();
    assertThat(ours.get().results().values())
        .hasSize(3)
        .allMatch(result -> result instanceof PatchResult.Written);
  }

  @Test
  void othersRowsAreNobodysBusiness() throws Exception {
    add(at("a", 1), at("b", 1));
    says.execute("UPDATE memories SET text = 'held' WHERE id = 'b'");
    assertThat(patching(store, "a").get().results().get("a"))
        .isInstanceOf(PatchResult.Written.class);
    agent.rollback();
  }

  @Test
  void aRowThatIsHeldForTooLongIsLeftAlone() throws Exception {
    add(at("a", 1));
    PostgresOptions brief =
        new PostgresOptions(
            Duration.ofMillis(200),
            PostgresOptions.RECONNECTING,
            Clock.systemUTC(),
            PostgresServer.ADMIN,
            keychain -> Optional.of(PostgresServer.PASSWORD));
    says.execute("UPDATE memories SET text = 'held' WHERE id = 'a'");
    try (PostgresStore impatient = PostgresStore.open(engine.location(), brief)) {
      assertThatThrownBy(() -> impatient.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("locked by another program");
      assertThat(impatient.lockMetrics().summary().acquisitions()).isZero();
      agent.rollback();
      PatchReport report = impatient.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE);
      assertThat(report.lock().outcome()).isEqualTo(LockAcquisition.Outcome.RELEASED);
    }
  }

  @Test
  void closingGivesUpWhatWaits() throws Exception {
    add(at("a", 1));
    says.execute("UPDATE memories SET text = 'held' WHERE id = 'a'");
    MemoryStore other = openAgain(store);
    Future<PatchReport> ours = patching(other, "a");
    awaitWaiter();
    other.close();
    assertThatThrownBy(ours::get)
        .hasCauseInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("was closed");
    agent.rollback();
    assertThat(only("a").metadata()).isEqualTo("{}");
  }

  @Test
  void aServerThatEndsTheConnectionInMidBatchIsAskedAgain() throws Exception {
    add(at("a", 1));
    AtomicInteger asked = new AtomicInteger();
    try (MemoryStore other = openAgain(store)) {
      PatchReport report =
          other.patch(
              List.of("a"),
              Patches.of(
                  row -> {
                    if (asked.incrementAndGet() == 1) {
                      PostgresServer.shared()
                          .execute(
                              engine.database(),
                              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                                  + " application_name = 'memory-console' AND state = 'idle in"
                                  + " transaction'");
                    }
                    return UPGRADED;
                  }),
              PURPOSE);
      assertThat(report.results().get("a")).isInstanceOf(PatchResult.Written.class);
      assertThat(asked).hasValue(2);
      // Of the first attempt nothing is there.
      assertThat(only("a").version()).isEqualTo(2);
    }
  }

  /** An interrupt of a virtual thread closes the socket that it waits for. */
  @Test
  void whoeverIsInterruptedCostsNobodyAConnection() throws Exception {
    add(at("a", 1));
    Future<?> interrupted =
        executor.submit(
            () -> {
              Thread.currentThread().interrupt();
              assertThat(store.find(List.of("a"))).hasSize(1);
              assertThat(store.count(EntryQuery.ALL)).isEqualTo(1);
              assertThatThrownBy(
                      () -> store.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE))
                  .isInstanceOf(InterruptedException.class);
              return store.patch(
                  List.of("a"),
                  Patches.of(
                      row -> {
                        // Too late to be given up: the row is locked.
                        Thread.currentThread().interrupt();
                        return UPGRADED;
                      }),
                  PURPOSE);
            });
    assertThat(((PatchReport) interrupted.get()).results().get("a"))
        .isInstanceOf(PatchResult.Written.class);
    assertThat(only("a").metadata()).isEqualTo(asKept(UPGRADED));
  }

  @Test
  void everyAgentsWriteCountsUp() throws Exception {
    add(at("a", 1));
    says.execute("UPDATE memories SET text = 'x' WHERE id = 'a'");
    says.execute("UPDATE memories SET version = 1 WHERE id = 'a'");
    says.execute("UPDATE memories SET version = NULL WHERE id = 'a'");
    agent.commit();
    assertThat(only("a").version()).isEqualTo(4);
    says.execute("UPDATE memories SET version = 100 WHERE id = 'a'");
    says.execute("UPDATE memories SET version = 9223372036854775807 WHERE id = 'a'");
    says.execute(
        "INSERT INTO memories (id, text) VALUES ('a', 'y')"
            + " ON CONFLICT (id) DO UPDATE SET text = excluded.text");
    agent.commit();
    assertThat(only("a").version()).isEqualTo(102);
  }
}
