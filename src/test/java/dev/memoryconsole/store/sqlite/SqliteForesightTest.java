package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.batch.RowWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a patch foresees of the triggers is what they derive. */
@Tag("slow")
class SqliteForesightTest extends TriggersTestBase {
  @Test
  void anyMixOfWritesLeavesWhatABuildFromScratchWouldMake() throws Exception {
    Random random = new Random(7);
    List<String> metadata =
        List.of(
            "NULL",
            "'{}'",
            "'{\"memory_category\":\"cases\",\"l0_abstract\":\"tunnel\"}'",
            "'{\"memory_category\":\"cases\",\"upgrade_error\":\"e\"}'");
    for (int i = 0; i < 400; i++) {
      String id = "'m" + random.nextInt(12) + "'";
      String text = random.nextInt(4) == 0 ? "NULL" : "'text number " + random.nextInt(50) + "'";
      String data = metadata.get(random.nextInt(metadata.size()));
      sql("PRAGMA recursive_triggers = " + random.nextBoolean());
      if (random.nextInt(6) == 0 && !store.find(List.of("m5")).isEmpty()) {
        patch("m5", data.equals("NULL") ? null : data.substring(1, data.length() - 1), true);
      }
      sql(
          switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM memories WHERE id = " + id;
            case 1 -> "UPDATE OR REPLACE memories SET id = 'm3' WHERE id = " + id;
            case 2 ->
                "UPDATE memories SET text = %s, version = 4 WHERE id > %s".formatted(text, id);
            case 3 -> "UPDATE memories SET metadata = %s WHERE id = %s".formatted(data, id);
            default ->
                "REPLACE INTO memories (id, text, metadata) VALUES (%s, %s, %s)"
                    .formatted(id, text, data);
          });
    }
    assertThat(rows("SELECT id, version FROM memories"))
        .isNotEmpty()
        .isEqualTo(rows("SELECT id, last_version FROM memories_doc WHERE state IS NOT NULL"));
    assertThat(rows("SELECT id FROM memories WHERE text <> ''"))
        .isEqualTo(
            rows("SELECT d.id FROM memories_doc d JOIN memories_text_fts_docsize f ON f.id = doc"));
    assertThat(rows("SELECT id, flags, abstract FROM memories_derived"))
        .isEqualTo(rows("SELECT id, flags, abstract FROM memories_doc WHERE state IS NOT NULL"));
    assertThat(rows("SELECT flags, memories FROM memories_counts WHERE memories <> 0"))
        .hasSizeGreaterThan(1)
        .isEqualTo(
            rows(
                "SELECT flags, count(*) FROM memories_doc WHERE flags IS NOT NULL GROUP BY flags"));
    sql("INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('integrity-check', 1)");
  }

  @Test
  void whatIsForeseenIsWhatTheTriggersDerive() throws Exception {
    List<@Nullable String> metadata =
        Arrays.asList(
            null,
            "",
            "no json",
            "[1]",
            "{}",
            "{\"memory_category\":\"cases\",\"l0_abstract\":\"tunnel\"}",
            "{\"memory_category\":\"cases\",\"memory_category\":null}",
            "{\"memory_category\":\"\",\"l0_abstract\":7}",
            "{\"l0_abstract\":\"first\",\"l0_abstract\":\"last\",\"upgraded_by\":\"simple\"}",
            "{\"l0_abstract\":\"a\\u0000b \u96a7\u9053 \ud83d\ude80\",\"upgrade_error\":\"e\"}",
            "{\"type\":\"memory-reflection\"}",
            "{\"memory_category\":\"cases\",\"source\":\"legacy\",\"tier\":\"core\"}",
            "{\"memory_category\":\"cases\",\"source\":\"manual\",\"tier\":\"Core\",\"tier\":\"working\"}",
            "{memory_category:'json5'}");
    for (String category : List.of("fact", "reflection")) {
      sql("REPLACE INTO memories (id, text, category) VALUES ('a', 'x', '" + category + "')");
      sql("REPLACE INTO memories (id, text, category) VALUES ('b', 'x', '" + category + "')");
      for (String data : metadata) {
        long version = version("a");
        patch("a", data, true);
        patch("b", data, false);
        assertThat(version("a")).isEqualTo(version + 1);
        assertThat(rows("SELECT last_version - version FROM memories JOIN memories_doc USING (id)"))
            .containsExactly("[0]");
        String derived = "SELECT flags, abstract, timestamp, state FROM memories_doc WHERE id = ";
        assertThat(rows(derived + "'a'")).as(data).isEqualTo(rows(derived + "'b'"));
      }
    }
  }

  @Test
  void whatWasForeseenOfARowThatChangedSinceIsNotUsed() throws Exception {
    sql("INSERT INTO memories (id, text, metadata) VALUES ('a', 'x', '{}')");
    MemoryEntry before = store.find(List.of("a")).getFirst();
    RowWrite foreseen =
        store
            .foresee(List.of(new RowWrite.Change(before, "{\"memory_category\":\"cases\"}")))
            .getFirst();
    sql("UPDATE memories SET category = 'reflection'");
    store.patch(List.of("a"), row -> foreseen, LockPurpose.of(LockPurpose.Kind.OTHER));
    assertThat(version("a")).isEqualTo(3);
    assertThat(rows("SELECT flags & 31 FROM memories_doc")).containsExactly("[3]");
  }

  private void patch(String id, @Nullable String metadata, boolean foreseen)
      throws InterruptedException {
    List<RowWrite> writes =
        List.of(new RowWrite.Change(store.find(List.of(id)).getFirst(), metadata));
    RowWrite write = (foreseen ? store.foresee(writes) : writes).getFirst();
    assertThat(((RowWrite.Change) write).foresight() != null).isEqualTo(foreseen);
    store.patch(List.of(id), row -> write, LockPurpose.of(LockPurpose.Kind.OTHER));
  }

  private Set<String> rows(String sql) throws SQLException {
    Set<String> all = new TreeSet<>();
    try (Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.add(rows.getString(column));
        }
        all.add(row.toString());
      }
    }
    return all;
  }
}
