package dev.memoryconsole.upgrade.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.mend.MergePreview;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradeTestBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Duplicates are merged by a run: one is kept, with what was counted of all of them. */
class MergeTest extends UpgradeTestBase {
  private static final UpgradeOptions TWOS = UpgradeOptions.DEFAULT.withBatchSize(2);
  private static final List<String> GROUP = List.of("a", "b", "c");

  @BeforeEach
  void fill() throws Exception {
    open();
    store.insert(
        List.of(
            row("a", 0.5, 3_000L, "{\"access_count\":2,\"last_accessed_at\":7,\"tier\":\"core\"}"),
            row("b", 0.9, 1_000L, "{\"access_count\":\"5\",\"injected_count\":1.0}"),
            row("c", null, null, "{\"last_accessed_at\":9,\"bad_recall_count\":-3}")),
        ExistingRows.SKIP);
    executeAsAgent("UPDATE memories SET vector = CAST('vector of ' || id AS BLOB)");
  }

  private static MemoryEntry row(
      String id, @Nullable Double importance, @Nullable Long timestamp, String metadata) {
    return new MemoryEntry(id, "The same.", "fact", "global", importance, timestamp, metadata, 0);
  }

  private MendPreview preview(Keep keep, boolean deletes) throws Exception {
    return MergePreview.of(store, List.of(GROUP), keep.order(), deletes, looked -> {});
  }

  private List<EntryRecord> entries(RunProgress end) {
    return upgrades.entries(end.run(), Set.of(), 0, 1_000);
  }

  private List<String> rows() throws Exception {
    List<String> rows = new ArrayList<>();
    for (String id : GROUP) {
      rows.add(
          Sql.value(
              file(),
              "SELECT coalesce(max(quote(text) || quote(vector) || quote(category) || quote(scope)"
                  + " || quote(importance) || quote(timestamp) || quote(metadata)), 'gone')"
                  + " FROM memories WHERE id = '"
                  + id
                  + "'"));
    }
    return rows;
  }

  /** The lock is held for one group in one go, whatever was found. */
  @Test
  void aGroupOfManyIsMergedInPortions() throws Exception {
    List<MemoryEntry> many = new ArrayList<>();
    for (int i = 0; i < MergePreview.MOST_TOGETHER + 9; i++) {
      many.add(row("m" + i, 0.5, 1_000L + i, "{\"access_count\":1}"));
    }
    store.insert(many, ExistingRows.SKIP);
    List<String> left = new ArrayList<>(many.stream().map(MemoryEntry::id).toList());
    for (int taken : List.of(MergePreview.MOST_TOGETHER, 10)) {
      MendPreview preview =
          MergePreview.of(store, List.of(left), Keep.OLDEST.order(), true, looked -> {});
      assertThat(preview.items()).hasSize(taken);
      assertThat(preview.items().getFirst().id()).isEqualTo("m0");
      assertThat(
              upgrades
                  .mend(preview.mends(), UpgradeOptions.DEFAULT)
                  .await()
                  .count(EntryState.DELETED))
          .isEqualTo(taken - 1);
      left.removeIf(id -> store.find(List.of(id)).isEmpty());
    }
    assertThat(left).containsExactly("m0");
    assertThat(store.find(left).getFirst().metadata()).contains("\"access_count\":" + many.size());
  }

  @ParameterizedTest
  @CsvSource({"MOST_USED, b", "OLDEST, b"})
  void oneIsKeptThatTakesOverWhatWasCounted(Keep keep, String kept) throws Exception {
    List<String> before = rows();
    MendPreview preview = preview(keep, false);
    assertThat(preview.items()).hasSize(3).allMatch(item -> item.fit() == MendPlan.Fit.OPEN);
    assertThat(preview.items().getFirst().id()).isEqualTo(kept);
    assertThat(preview.items().getFirst().plan().changes())
        .containsExactly(
            new MendPlan.Change("access_count", "\"5\"", "7"),
            new MendPlan.Change("last_accessed_at", null, "9"));
    RunProgress end = upgrades.mend(preview.mends(), TWOS).await();
    assertThat(end.count(EntryState.MENDED)).isEqualTo(3);
    assertThat(row(kept).metadata())
        .matches(
            "\\{\"access_count\":7,\"injected_count\":1.0,\"last_accessed_at\":9,"
                + "\"mended_at\":\\d+}");
    assertThat(row(kept).importance()).isEqualTo(0.9);
    assertThat(row(kept).timestamp()).isEqualTo(1_000L);
    assertThat(row("a").metadata()).contains("\"state\":\"archived\"", "\"access_count\":2");
    assertThat(row("c").metadata()).contains("\"state\":\"archived\"");
    assertThat(upgrades.undo(end.run(), List.of(), TWOS).await().count(EntryState.UNDONE))
        .isEqualTo(3);
    assertThat(rows()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BATCH", "CAS"})
  void theOthersAreDeletedInTheSameBreathWhereThatIsAskedFor(CommitMode mode) throws Exception {
    List<String> before = rows();
    UpgradeOptions options = TWOS.withCommit(mode);
    RunProgress end = upgrades.mend(preview(Keep.MOST_USED, true).mends(), options).await();
    assertThat(end.count(EntryState.MENDED)).isEqualTo(1);
    assertThat(end.count(EntryState.DELETED)).isEqualTo(2);
    assertThat(store.find(GROUP)).extracting(MemoryEntry::id).containsExactly("b");
    // Batches of two, and yet all three in one.
    assertThat(end.lock().acquisitions()).isEqualTo(1);
    upgrades.undo(end.run(), List.of(), options).await();
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void countersThatGoUpMeanwhileAreTakenOver() throws Exception {
    MendPreview preview = preview(Keep.MOST_USED, true);
    executeAsAgent(
        "UPDATE memories SET metadata = json_set(metadata, '$.access_count', 100) WHERE id = 'a'");
    upgrades.mend(preview.mends(), TWOS).await();
    assertThat(row("b").metadata()).contains("\"access_count\":105");
  }

  /** The kept one, another one, and one that is gone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE memories SET text = 'Other.' WHERE id = 'a'",
        "UPDATE memories SET scope = 'agent:two' WHERE id = 'b'",
        "UPDATE memories SET metadata = '{\"state\":\"archived\"}' WHERE id = 'c'",
        "DELETE FROM memories WHERE id = 'c'"
      })
  void aGroupOfWhichOneHasChangedIsLeftAsItIs(String change) throws Exception {
    store.insert(List.of(row("d", 0.1, 1L, "{}"), row("e", 0.1, 2L, "{}")), ExistingRows.SKIP);
    MendPreview preview =
        MergePreview.of(
            store, List.of(GROUP, List.of("d", "e")), Keep.MOST_USED.order(), true, looked -> {});
    executeAsAgent(change);
    List<String> before = rows();
    RunProgress end = upgrades.mend(preview.mends(), TWOS).await();
    assertThat(rows()).isEqualTo(before);
    assertThat(end.count(EntryState.SKIPPED)).isEqualTo(3);
    assertThat(entries(end))
        .filteredOn(entry -> entry.reason().contains("nothing of the group was written"))
        .hasSize(2);
    // The other group is none of its business.
    assertThat(end.count(EntryState.MENDED)).isEqualTo(1);
    assertThat(end.count(EntryState.DELETED)).isEqualTo(1);
  }

  @Test
  void oneThatCanNotBeDeletedKeepsItsGroupAndARetryTakesAllOfIt() throws Exception {
    executeAsAgent(
        "CREATE TRIGGER keep BEFORE DELETE ON memories WHEN old.id = 'c'"
            + " BEGIN SELECT RAISE(ABORT, 'kept by another program'); END");
    List<String> before = rows();
    RunProgress failed = upgrades.mend(preview(Keep.OLDEST, true).mends(), TWOS).await();
    assertThat(failed.count(EntryState.FAILED)).isEqualTo(3);
    assertThat(rows()).isEqualTo(before);
    executeAsAgent("DROP TRIGGER keep");
    RunProgress retried = upgrades.retry(failed.run(), TWOS).await();
    assertThat(retried.count(EntryState.DELETED)).isEqualTo(2);
    assertThat(row("b").metadata()).contains("\"access_count\":7");
  }

  @Test
  void manyGroupsOfManySizesAreMergedEachByItself() throws Exception {
    List<List<String>> groups = new ArrayList<>();
    List<MemoryEntry> rows = new ArrayList<>();
    for (int group = 0; group < 30; group++) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 2 + group % 9 * 3; i++) {
        String id = "g" + group + "-" + i;
        ids.add(id);
        rows.add(row(id, 0.5, 1_000L + i, "{\"access_count\":1}"));
      }
      groups.add(ids);
    }
    store.insert(rows, ExistingRows.SKIP);
    RunProgress end =
        upgrades
            .mend(
                MergePreview.of(store, groups, Keep.OLDEST.order(), true, looked -> {}).mends(),
                UpgradeOptions.DEFAULT.withBatchSize(7))
            .await();
    assertThat(end.count(EntryState.MENDED)).isEqualTo(30);
    assertThat(end.count(EntryState.DELETED)).isEqualTo(rows.size() - 30);
    for (List<String> group : groups) {
      assertThat(row(group.getFirst()).metadata()).contains("\"access_count\":" + group.size());
    }
    assertThat(upgrades.undo(end.run(), List.of(), TWOS).await().count(EntryState.UNDONE))
        .isEqualTo(rows.size());
    assertThat(store.find(rows.stream().map(MemoryEntry::id).toList())).hasSize(rows.size());
  }

  @Test
  void whatIsGoneOrOfTheCorpusIsNoDuplicate() throws Exception {
    executeAsAgent("UPDATE memories SET metadata = '{\"openclaw_corpus\":true}' WHERE id = 'b'");
    assertThat(preview(Keep.MOST_USED, false).items())
        .extracting(MendPreview.Item::id)
        .containsExactly("a", "c");
    executeAsAgent("DELETE FROM memories WHERE id = 'c'");
    assertThat(preview(Keep.MOST_USED, false).items()).isEmpty();
  }
}
