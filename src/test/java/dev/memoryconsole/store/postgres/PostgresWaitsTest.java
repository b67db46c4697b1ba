package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockWaits;
import dev.memoryconsole.lock.TellsWaits;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.contract.StoreContract;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server tells who waits for whom. */
@Tag("postgres")
class PostgresWaitsTest {
  @Test
  void whoWaitsForAnAgentIsSeenWithoutValuesAndGoneAfter() throws Exception {
    PostgresEngine engine = new PostgresEngine("text");
    PostgresServer server = PostgresServer.shared();
    try (MemoryStore store = engine.create(java.nio.file.Path.of(""));
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Connection agent = server.connect(PostgresServer.ADMIN, engine.database());
        Statement says = agent.createStatement()) {
      engine.add(store, List.of(new MemoryEntry("a", "one", "fact", "global", 0.5, 1L, "{}", 1)));
      agent.setAutoCommit(false);
      says.execute("SET application_name = 'agent-7'");
      says.execute("UPDATE memories SET text = 'it''s a secret' WHERE importance = 0.5");
      Future<?> upgrade =
          executor.submit(
              () ->
                  store.patch(
                      List.of("a"),
                      Patches.of(row -> "{\"tier\":\"core\"}"),
                      StoreContract.PURPOSE));
      TellsWaits waits = (TellsWaits) store;
      await().until(() -> !waits.waits().all().isEmpty());
      assertThat(waits.waits().all())
          .singleElement()
          .satisfies(
              wait -> {
                assertThat(wait.waiter().application()).isEqualTo("memory-console");
                assertThat(wait.waiter().query())
                    .startsWith("SELECT id FROM")
                    .endsWith("WHERE id = $1 FOR UPDATE");
                assertThat(wait.waiter().user()).isEqualTo(PostgresServer.ADMIN);
                assertThat(wait.holder().application()).isEqualTo("agent-7");
                assertThat(wait.holder().query())
                    .isEqualTo("UPDATE memories SET text = ? WHERE importance = ?");
              });
      agent.rollback();
      upgrade.get();
      assertThat(waits.waits()).isEqualTo(LockWaits.NONE);
    } finally {
      server.drop(engine.database());
    }
  }
}
