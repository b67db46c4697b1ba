package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state that the triggers derive in SQL is the state that Java derives from the row. */
public class StateAgreementTest {
  private static final String[] VALUES = {
    "null",
    "\"\"",
    "\"x\"",
    "\"simple\"",
    "0",
    "0.0",
    "1",
    "-1.5",
    "true",
    "false",
    "[]",
    "{}",
    "\"memory-reflection\"",
    "\"memory-reflection-mapped\"",
    "\"session-summary\"",
    "\"legacy\"",
    "\"core\""
  };
  private static final String[] KEYS = {
    "memory_category",
    "type",
    "upgrade_error",
    "upgraded_by",
    "upgraded_at",
    "openclaw_corpus",
    "compacted",
    "source",
    "tier"
  };

  @TempDir private Path folder;

  @Test
  void sqlAndJavaAgreeOnEveryState() throws Exception {
    List<MemoryEntry> rows = rows();
    try (SqliteStore store = SqliteStore.create(folder.resolve("s.db"))) {
      store.insert(rows, ExistingRows.SKIP);
      for (MemoryState state : MemoryState.values()) {
        List<String> expected =
            rows.stream()
                .filter(row -> LegacyRule.stateOf(row) == state && !LegacyRule.isStamped(row))
                .map(MemoryEntry::id)
                .toList();
        assertThat(store.ids(EntryQuery.ALL.withStates(Set.of(state)), Integer.MAX_VALUE))
            .as(state.name())
            .containsExactlyInAnyOrderElementsOf(expected);
      }
      assertThat(store.ids(EntryQuery.ALL.onlyStamped(), Integer.MAX_VALUE))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              rows.stream().filter(LegacyRule::isStamped).map(MemoryEntry::id).toList());
      assertThat(store.ids(EntryQuery.ALL.onlyRetryable(), Integer.MAX_VALUE))
          .containsExactlyInAnyOrderElementsOf(
              rows.stream().filter(LegacyRule::isRetryable).map(MemoryEntry::id).toList());
      StoreStats stats = store.stats();
      assertThat(
              List.of(
                  stats.total(),
                  stats.legacy(),
                  stats.upgraded(),
                  stats.fallback(),
                  stats.stamped(),
                  stats.corpus()))
          .containsExactly(
              (long) rows.size(),
              count(rows, MemoryState.LEGACY),
              count(rows, MemoryState.UPGRADED),
              count(rows, MemoryState.FALLBACK),
              rows.stream().filter(LegacyRule::isStamped).count(),
              count(rows, MemoryState.CORPUS));
    }
  }

  private static long count(List<MemoryEntry> rows, MemoryState state) {
    return rows.stream()
        .filter(row -> LegacyRule.stateOf(row) == state && !LegacyRule.isStamped(row))
        .count();
  }

  /** Memories of all kinds and in all odd spellings. */
  public static List<MemoryEntry> rows() {
    List<String> metadata = new ArrayList<>();
    for (String key : KEYS) {
      for (String value : VALUES) {
        metadata.add("{\"" + key + "\":" + value + "}");
        metadata.add("{\"memory_category\":\"events\",\"" + key + "\":" + value + "}");
        metadata.add("{\"" + key + "\":\"x\",\"" + key + "\":" + value + "}");
      }
    }
    metadata.addAll(List.of("", " ", "not json", "[]", "12", "\"text\"", "{} {}", "{\"a\":1,}"));
    List<MemoryEntry> rows = new ArrayList<>();
    for (String json : metadata) {
      rows.add(row(rows.size(), "fact", json));
      rows.add(row(rows.size(), "reflection", json));
      rows.add(Entries.entry("corpus:" + rows.size(), "text", json));
    }
    return rows;
  }

  private static MemoryEntry row(int number, String category, String metadata) {
    return new MemoryEntry("r" + number, "text", category, "global", 0.5, 1L, metadata, 1);
  }
}
