package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of ours that was without its triggers for a time. */
class SqliteMendTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final int ROWS = 4_000;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void fillAndLoseTheTriggers() throws Exception {
    file = folder.resolve("store.db");
    try (SqliteStore store = SqliteStore.create(file)) {
      store.insert(
          IntStream.range(0, ROWS)
              .mapToObj(
                  i ->
                      new MemoryEntry(
                          "m" + i,
                          "A bridge " + i + ".",
                          "fact",
                          "global",
                          0.5,
                          1_000_000_000_000L + i,
                          "{\"l0_abstract\":\"a river " + i + "\"}",
                          3))
              .toList(),
          ExistingRows.SKIP);
      // So that its version has risen before the triggers went.
      store.patch(
          List.of("m10", "m20"),
          Patches.of(row -> "{\"l0_abstract\":\"a lake\",\"memory_category\":\"cases\"}"),
          PURPOSE);
      await().until(() -> Sql.number(file, "SELECT count(*) FROM memories_abstract_pending") == 0);
    }
    for (String trigger : Schema.TRIGGERS) {
      Sql.run(file, "DROP TRIGGER " + trigger);
    }
    Sql.run(
        file,
        "UPDATE memories SET text = 'A canal.' WHERE id IN ('m7', 'm3333')",
        "UPDATE memories SET metadata = '{\"memory_category\":\"cases\"}', version = 1"
            + " WHERE id = 'm20'",
        "DELETE FROM memories WHERE id IN ('m8', 'm3334')",
        "INSERT INTO memories (id, text) VALUES ('late', 'A canal.')");
  }

  private boolean isMended() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return StoreForm.of(connection) == StoreForm.WHOLE;
    }
  }

  private List<String> with(SqliteStore store, String words) {
    return store.ids(EntryQuery.ALL.withWords(words), ROWS);
  }

  private void assertThatAllIsDerived() throws SQLException {
    assertThat(
            Sql.number(
                file,
                "SELECT count(*) FROM memories m LEFT JOIN memories_doc d USING (id)"
                    + " LEFT JOIN memories_derived v USING (id)"
                    + " WHERE d.flags IS NOT v.flags OR d.abstract IS NOT v.abstract"
                    + " OR d.timestamp IS NOT v.timestamp OR d.last_version IS NOT m.version"))
        .isZero();
    assertThat(Sql.number(file, "SELECT count(*) FROM memories_doc WHERE state IS NOT NULL"))
        .isEqualTo(Sql.number(file, "SELECT count(*) FROM memories"));
    assertThat(Sql.number(file, "SELECT count(*) FROM memories_text_fts_docsize"))
        .isEqualTo(Sql.number(file, "SELECT count(*) FROM memories"));
    Sql.run(
        file,
        "INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('integrity-check', 1)");
    assertThat(Sql.number(file, "SELECT count(*) FROM sqlite_schema WHERE name = 'memories_mend'"))
        .isZero();
  }

  @Test
  void whatWasMissedIsDerivedInStepsAndVersionsGoOnRising() throws Exception {
    long before = Sql.number(file, "SELECT last_version FROM memories_doc WHERE id = 'm20'");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(with(store, "canal")).containsExactlyInAnyOrder("m7", "m3333", "late");
      store.patch(List.of(), Patches.of(row -> null), PURPOSE);
      assertThat(with(store, "canal")).containsExactlyInAnyOrder("m7", "m3333", "late");
      await().until(this::isMended);
      assertThatAllIsDerived();
      await()
          .untilAsserted(
              () ->
                  assertThat(with(store, "canal"))
                      .containsExactlyInAnyOrder("m7", "m3333", "late"));
      assertThat(with(store, "bridge 333")).contains("m333", "m3330").doesNotContain("m3333");
      assertThat(store.find(List.of("m20")).getFirst().version()).isGreaterThan(before);
      assertThat(store.find(List.of("m5")).getFirst().version()).isGreaterThan(1);
      // Each step is one acquisition, and takes five hundred memories at most.
      assertThat(store.lockMetrics().events(0, Long.MAX_VALUE / 1_000))
          .filteredOn(event -> event.outcome() == LockAcquisition.Outcome.RELEASED)
          .hasSizeGreaterThan(ROWS / 500);
    }
    // An id that comes back goes on where it ended.
    long gone = Sql.number(file, "SELECT last_version FROM memories_doc WHERE id = 'm8'");
    Sql.run(file, "INSERT INTO memories (id, text) VALUES ('m8', 'A canal.')");
    assertThat(Sql.number(file, "SELECT version FROM memories WHERE id = 'm8'"))
        .isGreaterThan(gone);
  }

  @Test
  void whoeverOpensTheStoreGoesOnWithIt() throws Exception {
    for (int visit = 0; visit < 3; visit++) {
      try (SqliteStore store = SqliteStore.open(file)) {
        String row = "m" + (1_000 * visit + 500);
        store.patch(List.of(row), Patches.of(before -> "{\"memory_category\":\"cases\"}"), PURPOSE);
        assertThat(Objects.requireNonNull(store.find(List.of(row)).getFirst().metadata()))
            .contains("cases");
      }
      assertThat(isMended()).isFalse();
      // As an agent does meanwhile, of whose writes the triggers know by now.
      Sql.run(
          file,
          "UPDATE memories SET text = 'A canal.', version = version + 1 WHERE id = 'm"
              + (3_500 + visit)
              + "'",
          "DELETE FROM memories WHERE id = 'm" + (100 + visit) + "'");
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      await().until(this::isMended);
      assertThatAllIsDerived();
      await()
          .untilAsserted(
              () ->
                  assertThat(with(store, "canal"))
                      .containsExactlyInAnyOrder("m7", "m3333", "late", "m3500", "m3501", "m3502"));
    }
  }
}
