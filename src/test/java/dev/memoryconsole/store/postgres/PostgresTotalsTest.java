package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.scan.Row;
import dev.memoryconsole.store.scan.RowTotals;
import dev.memoryconsole.store.sqlite.StateAgreementTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's counts and the legacy rule agree about every row. */
@Tag("postgres")
class PostgresTotalsTest {
  @ParameterizedTest
  @ValueSource(strings = {"jsonb", "json", "text"})
  void theServerCountsAsTheRuleDoes(String metadata) throws Exception {
    PostgresEngine engine = new PostgresEngine(metadata);
    try (MemoryStore store = engine.create(Path.of(""))) {
      ((RowInsertion) store).insert(StateAgreementTest.rows(), ExistingRows.SKIP);
      PostgresServer.shared()
          .execute(
              engine.database(),
              "INSERT INTO memories (id, text) VALUES ('nothing', 'x')",
              "UPDATE memories SET scope = NULL WHERE id LIKE 'r1%'");
      RowTotals expected = new RowTotals();
      for (MemoryEntry row : store.page(EntryQuery.ALL, 0, Integer.MAX_VALUE)) {
        expected.add(
            new Row(
                row.id(),
                row.category(),
                row.scope(),
                0,
                0,
                LegacyRule.traitsOf(row.id(), row.category(), row.metadata()),
                0));
      }
      StoreStats stats = store.stats();
      assertThat(stats).isEqualTo(expected.stats());
      assertThat(stats.corpus()).isPositive();
      assertThat(stats.stamped()).isPositive();
      assertThat(stats.fallback()).isPositive();
    } finally {
      engine.close();
    }
  }
}
