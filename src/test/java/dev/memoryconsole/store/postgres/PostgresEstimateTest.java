package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.MemoryStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many memories there are is about known where they are many, before they are counted. */
@Tag("postgres")
class PostgresEstimateTest {
  private static final int MANY = 80_000;
  private static final String PARTITIONED =
      "CREATE TABLE memories (id text, text text, category text, scope text, importance real,"
          + " timestamp bigint, metadata jsonb) PARTITION BY HASH (id)";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyAreEstimatedAndFewAreNot(boolean partitioned) throws Exception {
    PostgresEngine engine = new PostgresEngine("jsonb");
    PostgresServer server = PostgresServer.shared();
    if (partitioned) {
      server.execute(
          engine.database(),
          PARTITIONED,
          "CREATE TABLE a PARTITION OF memories FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
          "CREATE TABLE b PARTITION OF memories FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
    } else {
      engine.create(Path.of("")).close();
    }
    try (MemoryStore store = PostgresStore.open(engine.location(), PostgresEngine.OPTIONS)) {
      for (String size : List.of("1000", String.valueOf(MANY - 1_000))) {
        assertThat(store.estimatedTotal()).isEmpty();
        server.execute(
            engine.database(),
            "INSERT INTO memories (id, text, metadata) SELECT '"
                + size
                + "-' || n, 'x', '{}' FROM generate_series(1, "
                + size
                + ") AS n",
            "ANALYZE memories");
      }
      assertThat(store.estimatedTotal().orElseThrow()).isBetween(MANY * 9L / 10, MANY * 11L / 10);
      assertThat(store.stats().total()).isEqualTo(MANY);
    } finally {
      engine.close();
    }
  }
}
