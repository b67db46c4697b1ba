package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.memoryconsole.lock.TellsWaits;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.connection.SilentProxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A store is closed at once, also where nobody can tell whether its server will answer. */
@Tag("postgres")
class PostgresCloseTest {
  /** Connects whoever comes until it falls silent. */
  private static final class SilentServer extends DriverBetween {
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile boolean silent;

    private SilentServer(String database) throws SQLException {
      super("/" + database);
      register();
    }

    @Override
    protected void connecting() {
      if (silent) {
        asked.countDown();
        try {
          end.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Test
  void aServerThatIsSilentIsNotWaitedFor() throws Exception {
    PostgresEngine engine = new PostgresEngine("jsonb");
    engine.create(Path.of("")).close();
    SilentServer server = new SilentServer(engine.database());
    try (server;
        var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        MemoryStore store = PostgresStore.open(engine.location(), PostgresEngine.OPTIONS);
        server.silent = true;
        PostgresServer.shared()
            .execute(
                PostgresServer.ADMIN,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                    + engine.database()
                    + "'");
        CompletableFuture<Object> read =
            CompletableFuture.supplyAsync(() -> store.find(List.of("a")), readers);
        server.asked.await();
        // The pool's own patience is fifteen seconds.
        assertTimeoutPreemptively(Duration.ofSeconds(10), store::close);
        assertThatThrownBy(read::join).hasCauseInstanceOf(StoreException.class);
        assertThat(server.end.getCount()).isEqualTo(1);
      } finally {
        server.end.countDown();
      }
    } finally {
      engine.close();
    }
  }

  @Test
  void whoReadsFromAServerThatFellSilentIsBrokenOff() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    server.makeTable(database).close();
    try (SilentProxy way = new SilentProxy(server.port());
        var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      String url = server.url(database).replace(":" + server.port() + "/", ":" + way.port() + "/");
      MemoryStore store =
          PostgresStore.open(StoreLocation.parse(url).orElseThrow(), PostgresEngine.OPTIONS);
      assertThat(store.otherWriters().active()).isFalse();
      way.fallSilent();
      CompletableFuture<Object> read =
          CompletableFuture.supplyAsync(() -> store.find(List.of("a")), readers);
      CompletableFuture<Object> waits =
          CompletableFuture.supplyAsync(() -> ((TellsWaits) store).waits(), readers);
      // It can be had by nobody; whether others are at work is asked by a thread of its own.
      await().until(() -> store.otherWriters().active());
      assertTimeoutPreemptively(Duration.ofSeconds(30), store::close);
      assertThatThrownBy(read::join).hasCauseInstanceOf(StoreException.class);
      assertThatThrownBy(waits::join).hasCauseInstanceOf(StoreException.class);
    } finally {
      server.drop(database);
    }
  }
}
