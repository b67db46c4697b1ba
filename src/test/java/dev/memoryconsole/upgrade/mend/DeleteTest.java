package dev.memoryconsole.upgrade.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradeTestBase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memories are deleted by a run, and put back whole by its undo. */
class DeleteTest extends UpgradeTestBase {
  private static final UpgradeOptions TWOS = UpgradeOptions.DEFAULT.withBatchSize(2);

  @BeforeEach
  void begin() {
    open();
  }

  private MendPreview preview(List<String> ids) throws Exception {
    return MendPreview.ofDeletion(store, ids, looked -> {});
  }

  private RunProgress delete(List<String> ids) throws Exception {
    return upgrades.mend(preview(ids).mends(), TWOS).await();
  }

  private RunProgress undo(long run) throws Exception {
    return upgrades.undo(run, List.of(), TWOS).await();
  }

  private EntryRecord entry(long run, int position) {
    return upgrades.entries(run, Set.of(), position, 1).getFirst();
  }

  private String whole(String id) throws Exception {
    return Sql.value(
        file(),
        "SELECT quote(id) || quote(text) || quote(vector) || quote(category) || quote(scope) ||"
            + " quote(importance) || quote(timestamp) || quote(metadata) || quote(extra) ||"
            + " quote(\"odd \"\"name\"\"\") || typeof(extra) FROM memories WHERE id = '"
            + id
            + "'");
  }

  private void addColumns() throws Exception {
    executeAsAgent("ALTER TABLE memories ADD COLUMN extra");
    executeAsAgent("ALTER TABLE memories ADD COLUMN \"odd \"\"name\"\"\" TEXT DEFAULT 'd'");
    executeAsAgent(
        "ALTER TABLE memories ADD COLUMN made TEXT GENERATED ALWAYS AS (upper(text)) VIRTUAL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extra = 7",
        "extra = 7.0",
        "extra = '7'",
        "extra = x'0037'",
        "extra = x''",
        "extra = ''",
        "extra = CAST(x'61ff0062' AS TEXT)",
        "extra = -9223372036854775808",
        "extra = 1e300",
        "vector = zeroblob(6144)",
        "vector = x'0000803f000000c0'",
        "vector = 'text'",
        "\"odd \"\"name\"\"\" = NULL",
        "importance = 'high'",
        "importance = 1",
        "timestamp = 'yesterday'",
        "timestamp = 1.5",
        "metadata = NULL",
        "text = NULL"
      })
  void anUndoPutsEveryColumnBackToTheLastByte(String odd) throws Exception {
    addLegacy(3);
    addColumns();
    executeAsAgent("UPDATE memories SET " + odd + " WHERE id = 'm1'");
    String before = whole("m1");
    long version = row("m1").version();
    RunProgress end = delete(List.of("m0", "m1", "m2"));
    assertThat(end.count(EntryState.DELETED)).isEqualTo(3);
    assertThat(store.stats().total()).isZero();
    RunProgress undone = undo(end.run());
    assertThat(undone.count(EntryState.UNDONE)).isEqualTo(3);
    assertThat(whole("m1")).isEqualTo(before);
    assertThat(row("m1").version()).isGreaterThan(version);
    assertThat(entry(undone.run(), 1).title()).isEqualTo(entry(end.run(), 1).title());
  }

  /** What was written before its column had the type that it has now. */
  @Test
  void aRowThatWouldComeBackAsAnotherOneIsNotDeleted() throws Exception {
    addLegacy(2);
    executeAsAgent("ALTER TABLE memories ADD COLUMN extra");
    executeAsAgent("UPDATE memories SET extra = '12' WHERE id = 'm0'");
    upgrades.close();
    Sql.run(
        file(),
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'extra', 'extra INTEGER')"
            + " WHERE name = 'memories'",
        "PRAGMA writable_schema = RESET");
    open();
    RunProgress end = delete(List.of("m0", "m1"));
    assertThat(end.count(EntryState.DELETED)).isEqualTo(1);
    assertThat(end.count(EntryState.FAILED)).isEqualTo(1);
    assertThat(entry(end.run(), 0).reason()).contains("its extra holds a value", "byte for byte");
    assertThat(Sql.value(file(), "SELECT typeof(extra) FROM memories")).isEqualTo("text");
  }

  @Test
  void whatARecallCountsIsNoChangeAndEverythingElseIs() throws Exception {
    addLegacy(6);
    MendPreview preview = preview(List.of("m0", "m1", "m2", "m3", "m4", "m5"));
    executeAsAgent(
        "UPDATE memories SET metadata = '{ \"access_count\":3, \"last_accessed_at\":5,"
            + " \"injected_count\": 1}' WHERE id = 'm0'");
    executeAsAgent("UPDATE memories SET text = 'Other.' WHERE id = 'm1'");
    executeAsAgent("UPDATE memories SET scope = 'agent:two' WHERE id = 'm2'");
    executeAsAgent("UPDATE memories SET metadata = '{\"tier\":\"core\"}' WHERE id = 'm3'");
    executeAsAgent("DELETE FROM memories WHERE id = 'm4'");
    RunProgress end = upgrades.mend(preview.mends(), TWOS).await();
    assertThat(upgrades.entries(end.run(), Set.of(), 0, 9))
        .extracting(EntryRecord::state)
        .containsExactly(
            EntryState.DELETED,
            EntryState.SKIPPED,
            EntryState.SKIPPED,
            EntryState.SKIPPED,
            EntryState.SKIPPED,
            EntryState.DELETED);
    assertThat(entry(end.run(), 1).reason()).contains("changed its text since the preview");
    assertThat(entry(end.run(), 2).reason()).contains("changed its scope");
    assertThat(entry(end.run(), 3).reason()).contains("changed its metadata");
    assertThat(store.stats().total()).isEqualTo(3);
    // What the agent counted meanwhile comes back too; what it deleted does not.
    undo(end.run());
    assertThat(row("m0").metadata()).contains("\"access_count\":3");
    assertThat(store.find(List.of("m4"))).isEmpty();
  }

  @Test
  void whatIsThereAgainStaysTheirs() throws Exception {
    addLegacy(2);
    long run = delete(List.of("m0", "m1")).run();
    executeAsAgent("INSERT INTO memories (id, text) VALUES ('m0', 'theirs')");
    RunProgress undone = undo(run);
    assertThat(undone.count(EntryState.UNDONE)).isEqualTo(1);
    assertThat(entry(undone.run(), 0).reason())
        .isEqualTo("A memory with its id is there again; that one stays as it is.");
    assertThat(row("m0").text()).isEqualTo("theirs");
    assertThat(row("m1").text()).isNotEmpty();
  }

  @Test
  void anUndoCanBeTakenBackUnlessSomebodyWroteSince() throws Exception {
    addLegacy(3);
    addColumns();
    String before = whole("m2");
    long run = delete(List.of("m0", "m1", "m2")).run();
    long undo = undo(run).run();
    executeAsAgent("UPDATE memories SET metadata = '{\"tier\":\"core\"}' WHERE id = 'm0'");
    executeAsAgent("UPDATE memories SET metadata = '{\"access_count\":1}' WHERE id = 'm1'");
    RunProgress again = undo(undo);
    assertThat(again.count(EntryState.UNDONE)).isEqualTo(2);
    assertThat(entry(again.run(), 0).reason()).contains("changed it since it was put back");
    assertThat(store.find(List.of("m0", "m1", "m2")))
        .extracting(MemoryEntry::id)
        .containsExactly("m0");
    // And that once more.
    undo(again.run());
    assertThat(whole("m2")).isEqualTo(before);
    assertThat(row("m1").metadata()).isEqualTo("{\"access_count\":1}");
  }

  @Test
  void whatIsOfTheCorpusIsNotTaken() throws Exception {
    store.insert(
        List.of(
            Entries.entry("corpus:a", "A.", "{\"openclaw_corpus\":true}"),
            Entries.entry("open", "C.", "{}")),
        ExistingRows.SKIP);
    MendPreview preview = preview(List.of("corpus:a", "open", "gone"));
    assertThat(preview.items())
        .extracting(MendPreview.Item::fit)
        .containsExactly(MendPlan.Fit.CORPUS, MendPlan.Fit.OPEN);
    assertThat(preview.mends()).singleElement().matches(mend -> mend.id().equals("open"));
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void itIsTheSameHoweverRowsAreCommitted(CommitMode mode) throws Exception {
    addLegacy(4);
    UpgradeOptions options = TWOS.withCommit(mode);
    RunProgress end =
        upgrades.mend(preview(List.of("m0", "m1", "m2", "m3")).mends(), options).await();
    assertThat(end.count(EntryState.DELETED)).isEqualTo(4);
    assertThat(upgrades.undo(end.run(), List.of(), options).await().count(EntryState.UNDONE))
        .isEqualTo(4);
    assertThat(store.stats().legacy()).isEqualTo(4);
  }

  @Test
  void theHistoryOfAMemoryTellsItsDeletion() throws Exception {
    addLegacy(1);
    long run = delete(List.of("m0")).run();
    assertThat(upgrades.history("m0")).containsExactly(entry(run, 0));
    assertThat(entry(run, 0).state()).isEqualTo(EntryState.DELETED);
    assertThat(entry(run, 0).before()).isEqualTo("{}");
    assertThat(entry(run, 0).columnsBefore().json()).contains("\"scope\":\"global\"");
  }
}
