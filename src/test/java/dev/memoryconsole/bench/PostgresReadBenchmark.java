package dev.memoryconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How quickly a table of 1,000,000 rows is shown, filtered and counted. Not a test: {@code mvn test
 * -Pbench -Dtest=PostgresReadBenchmark}.
 */
@Tag("bench")
class PostgresReadBenchmark {
  private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
  private static final int ROUNDS = 3;
  private static final int PAGE = 200;
  private static final String UPGRADED =
      "jsonb_build_object('l0_abstract', 'about harbour ' || n, 'l1_overview', '- harbour ' || n,"
          + " 'l2_content', 'the harbour master of town ' || md5(CAST(n AS text)),"
          + " 'memory_category', 'events', 'tier', 'working', 'confidence', 0.7)";

  private final PrintStream out = System.out;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTableIsShownFilteredAndCounted(boolean trigrams) throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    if (trigrams) {
      server.execute(database, "CREATE EXTENSION pg_trgm");
    }
    out.printf("%,d rows%s%n", ROWS, trigrams ? ", with pg_trgm" : "");
    try (MemoryStore store = server.makeTable(database, "jsonb")) {
      server.execute(
          database,
          "INSERT INTO memories (id, text, category, scope, importance, timestamp, metadata)"
              + " SELECT 'id' || n, 'the harbour master of town ' || md5(CAST(n AS text)) || CASE"
              + " WHEN n % 1000 = 7 THEN ' keeps a zebra' ELSE '' END, 'fact', 'agent:' || n % 50,"
              + " 0.5, 1700000000000 + n, CASE WHEN n % 10 < 6 THEN '{}' ELSE "
              + UPGRADED
              + " END FROM generate_series(1, "
              + ROWS
              + ") AS n",
          "VACUUM ANALYZE memories");
      EntryQuery scope = EntryQuery.ALL.withScopes(Set.of("agent:7"));
      EntryQuery legacy = EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY));
      EntryQuery zebra = EntryQuery.ALL.withWords("zebra");
      tell("about how many", store::estimatedTotal);
      tell("first page", () -> store.page(EntryQuery.ALL, 0, PAGE).size());
      tell("all ids by time", () -> store.ids(EntryQuery.ALL, ROWS).size());
      tell("first page of a scope", () -> store.page(scope, 0, PAGE).size());
      tell("first page of what is legacy", () -> store.page(legacy, 0, PAGE).size());
      tell("first page of a rare word", () -> store.page(zebra, 0, PAGE).size());
      tell("count of all", () -> store.count(EntryQuery.ALL));
      tell("count of a scope", () -> store.count(scope));
      tell("totals", () -> store.stats().total());
      assertThat(store.stats().legacy()).isEqualTo(ROWS * 6L / 10);
    } finally {
      server.drop(database);
    }
  }

  private void tell(String what, Callable<?> work) throws Exception {
    double[] millis = new double[ROUNDS];
    Object answer = "";
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      answer = work.call();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    out.printf(Locale.ROOT, "%-30s %,8.1f ms  %s%n", what, BenchStore.median(millis), answer);
  }
}
