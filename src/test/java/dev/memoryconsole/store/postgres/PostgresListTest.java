package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.contract.StoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The beginning of a long list comes before all of it, and neither is wrong. */
@Tag("postgres")
class PostgresListTest {
  private static final int MANY = 30_000;
  private static final int LEGACY = 3_000;
  private static final int FIRST = 50;

  private final PostgresEngine engine = new PostgresEngine("jsonb");

  @BeforeEach
  void fill() {
    engine.create(Path.of("")).close();
    PostgresServer.shared()
        .execute(
            engine.database(),
            "INSERT INTO memories (id, text, timestamp, metadata) SELECT 'id' || n, 'x ' || n,"
                + " 1700000000000 + n / 3, CASE WHEN n <= "
                + LEGACY
                + " THEN '{}' ELSE '"
                + StoreContract.UPGRADED
                + "'::jsonb END FROM generate_series(1, "
                + MANY
                + ") AS n");
  }

  @AfterEach
  void drop() {
    engine.close();
  }

  private List<String> listed(EntryQuery query, boolean begun) {
    try (MemoryStore store = PostgresStore.open(engine.location(), PostgresEngine.OPTIONS)) {
      List<MemoryEntry> beginning = new ArrayList<>();
      List<String> all = List.copyOf(store.list(query, FIRST, beginning::addAll));
      if (begun) {
        assertThat(beginning).extracting(MemoryEntry::id).isEqualTo(all.subList(0, FIRST));
      } else {
        assertThat(beginning).isEmpty();
      }
      assertThat(store.ids(query, FIRST)).isEqualTo(all.subList(0, FIRST));
      assertThat(store.page(query, 7, 5)).extracting(MemoryEntry::id).isEqualTo(all.subList(7, 12));
      return all;
    }
  }

  @Test
  void theBeginningIsThatOfTheWholeList() {
    EntryQuery upgraded = EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED));
    assertThat(listed(EntryQuery.ALL, true)).hasSize(MANY).startsWith("id30000", "id29997");
    assertThat(listed(upgraded, true)).hasSize(MANY - LEGACY);
    assertThat(listed(upgraded.sortedBy(EntryQuery.Sort.ID, true), true)).startsWith("id10000");
    assertThat(listed(upgraded.sortedBy(EntryQuery.Sort.TIME, true), true)).startsWith("id3001");
  }

  @Test
  void whatIsFoundOnlyFarBehindIsFoundAllTheSame() {
    EntryQuery legacy = EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY));
    assertThat(listed(legacy, false)).hasSize(LEGACY).startsWith("id3000");
    assertThat(listed(legacy.sortedBy(EntryQuery.Sort.TIME, true), true)).hasSize(LEGACY);
    assertThat(listed(legacy.sortedBy(EntryQuery.Sort.TEXT, true), false)).hasSize(LEGACY);
  }
}
