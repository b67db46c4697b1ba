package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the lock is held while 300,000 rows of another program's file are adopted, and how long
 * an agent waits that writes every 5 ms. Not a test: {@code mvn test -Pbench
 * -Dtest=AdoptionBenchmark}.
 */
@Tag("bench")
class AdoptionBenchmark {
  private static final int ROWS = Integer.getInteger("bench.rows", 300_000);
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final Duration CALM = Duration.ofSeconds(5);

  @TempDir private Path folder;
  private final PrintStream out = System.out;

  @Test
  void holdsWhileAFileIsAdopted() throws Exception {
    Path file = folder.resolve("theirs.db");
    fill(file);
    List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> "m" + i * (ROWS / 1_000)).toList();
    try (AgentWriter agent = new AgentWriter(file, ids)) {
      show("the agent alone", agent.write(CALM.toNanos()));
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      look(store, file, ids);
      CompletableFuture<Long> first =
          CompletableFuture.supplyAsync(() -> firstWrite(store, ids.getFirst()));
      AgentWriter.Waits waits = new AgentWriter.Waits();
      long begun = System.nanoTime();
      try (AgentWriter agent = new AgentWriter(file, ids)) {
        do {
          waits.add(agent.write(Duration.ofSeconds(1).toNanos()));
        } while (left(file) > 0 && System.nanoTime() - begun < LONGEST.toNanos());
      }
      out.printf("the first write was done after %,d ms%n", first.join() / 1_000_000);
      show(
          "%,d rows in %,d s, the agent meanwhile"
              .formatted(ROWS - left(file), (System.nanoTime() - begun) / 1_000_000_000),
          waits);
      LockSummary all = store.lockMetrics().summary();
      out.printf("adopting: %d acquisitions, hold ms %s%n", all.acquisitions(), all.holds());
      await().atMost(LONGEST).until(() -> left(file) == 0);
      assertThat(all.acquisitions()).isPositive();
    }
  }

  /** What an agent waits for while the file is only looked at, before anything was adopted. */
  private void look(SqliteStore store, Path file, List<String> ids)
      throws SQLException, InterruptedException, ExecutionException {
    CompletableFuture<Long> looking =
        CompletableFuture.supplyAsync(
            () -> {
              long begun = System.nanoTime();
              store.stats();
              store.page(EntryQuery.ALL.withWords("Friday 77"), 0, 100);
              return System.nanoTime() - begun;
            });
    AgentWriter.Waits waits = new AgentWriter.Waits();
    try (AgentWriter agent = new AgentWriter(file, ids)) {
      do {
        waits.add(agent.write(Duration.ofMillis(200).toNanos()));
      } while (!looking.isDone());
    }
    show("looking took %,d ms, the agent meanwhile".formatted(looking.get() / 1_000_000), waits);
  }

  private static long firstWrite(SqliteStore store, String id) {
    long begun = System.nanoTime();
    try {
      store.patch(List.of(id), row -> null, LockPurpose.of(LockPurpose.Kind.OTHER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return System.nanoTime() - begun;
  }

  private void show(String what, AgentWriter.Waits waits) {
    out.printf(
        "%s: %d writes, wait for the lock ms p50 %.2f p99 %.2f max %.2f, whole write p99 %.2f max"
            + " %.2f%n",
        what,
        waits.lock.getTotalCount(),
        waits.lock.getValueAtPercentile(50) / 1e6,
        waits.lock.getValueAtPercentile(99) / 1e6,
        waits.lock.getMaxValue() / 1e6,
        waits.write.getValueAtPercentile(99) / 1e6,
        waits.write.getMaxValue() / 1e6);
  }

  private static long left(Path file) throws SQLException {
    boolean begun =
        Sql.number(file, "SELECT count(*) FROM sqlite_schema WHERE name = 'memories_doc'") > 0;
    return begun
        ? ROWS - Sql.number(file, "SELECT count(*) FROM memories_doc WHERE state IS NOT NULL")
        : ROWS;
  }

  /** As a program makes it that knows nothing of this one: no log, no version, no index. */
  private static void fill(Path file) throws SQLException {
    Sql.run(
        file,
        Sql.THEIR_TABLE,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + (ROWS - 1)
            + ") INSERT INTO memories SELECT 'm' || i, 'Memory ' || i || ' of the agent, about"
            + " service ' || (i % 97) || ' on port ' || i || '. It was said twice, once on a"
            + " Friday, and nobody has changed it since then.', CASE i % 3 WHEN 0 THEN 'fact'"
            + " ELSE 'entity' END, 'agent:' || (i % 7), 0.5, 1735000000000 + i,"
            + " '{\"access_count\":3,\"source\":\"manual\",\"l0_abstract\":\"Service ' || i ||"
            + " ' and its port\"}' FROM n");
  }
}
