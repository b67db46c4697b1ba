package dev.memoryconsole.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.store.postgres.PostgresStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Transactions of several consoles on the tables of shared runs. */
@Tag("postgres")
class TeamDatabaseTest {
  private final PostgresServer server = PostgresServer.shared();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private String database;
  private PostgresStore store;
  private PostgresStore theirs;

  @BeforeEach
  void makeTable() {
    database = server.newDatabase();
    store = (PostgresStore) server.makeTable(database);
    theirs = (PostgresStore) server.openTable(database);
  }

  @AfterEach
  void drop() {
    executor.shutdownNow();
    theirs.close();
    store.close();
    server.drop(database);
  }

  private static TeamDatabase of(PostgresStore store) {
    return new TeamDatabase(store.connections(), store.address(), Duration.ofSeconds(1));
  }

  private static int add(TeamDatabase to, String what, Runnable then) {
    return to.write(
        (_, statements) -> {
          int written =
              statements.update("UPDATE others.seen SET by = by || CAST(? AS text)", what);
          then.run();
          return written;
        });
  }

  @Test
  void whoStandsStillInATransactionKeepsNobodyWaitingAndBeginsItAnew() throws Exception {
    server.execute(
        database,
        "CREATE SCHEMA others",
        "CREATE TABLE others.seen (by text)",
        "INSERT INTO others.seen VALUES ('')");
    CountDownLatch hasTheRow = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    Future<Integer> first =
        executor.submit(
            () ->
                add(
                    of(store),
                    "first ",
                    () -> {
                      hasTheRow.countDown();
                      if (begun.incrementAndGet() == 1) {
                        standStill(goesOn);
                      }
                    }));
    hasTheRow.await();

    add(of(theirs), "second ", () -> {});

    assertThat(first.isDone()).isFalse();
    goesOn.countDown();
    assertThat(first.get()).isEqualTo(1);
    List<String> seen =
        of(theirs)
            .write(
                (_, statements) ->
                    statements.list("SELECT by FROM others.seen", row -> row.getString(1)));
    assertThat(seen).containsExactly("second first ");
  }

  private static void standStill(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
