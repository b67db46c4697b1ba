package dev.memoryconsole.upgrade.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.mend.PlannedMend;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradeTestBase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mends over a real SQLite store and a real journal. */
class MendTest extends UpgradeTestBase {
  private static final UpgradeOptions TWOS = UpgradeOptions.DEFAULT.withBatchSize(2);
  private static final List<String> ALL_FIELDS =
      List.of(
          "state=archived",
          "tier=core",
          "memory_category=events",
          "scope=agent:two",
          "category=decision",
          "importance=0.9");

  @BeforeEach
  void begin() {
    open();
  }

  private MendPreview preview(List<String> ids, String... assignments) throws Exception {
    return MendPreview.of(store, ids, FieldChanges.parse(List.of(assignments)));
  }

  private RunProgress mend(List<String> ids, String... assignments) throws Exception {
    return upgrades.mend(preview(ids, assignments).mends(), TWOS).await();
  }

  private RunProgress undo(long run) throws Exception {
    return upgrades.undo(run, List.of(), TWOS).await();
  }

  private EntryRecord entry(long run, int position) {
    return upgrades.entries(run, Set.of(), position, 1).getFirst();
  }

  private List<String> rows(List<String> ids) {
    return store.find(ids).stream()
        .map(
            row ->
                String.join(
                    "|",
                    row.id(),
                    row.text(),
                    row.category(),
                    row.scope(),
                    "" + row.importance(),
                    "" + row.timestamp(),
                    row.metadata()))
        .toList();
  }

  @Test
  void everyFieldIsSetAndAnUndoPutsAllOfItBack() throws Exception {
    store.insert(
        List.of(
            Entries.entry("none", "One. Two.", null),
            Entries.entry("odd", "One. Two.", "no { json"),
            Entries.entry("blank", "One. Two.", ""),
            Entries.entry("rich", "One. Two.", "{ \"tier\" : \"working\", \"count\": 7.0 }"),
            new MemoryEntry("bare", "", null, null, null, null, "{}", 0)),
        ExistingRows.SKIP);
    List<String> ids = List.of("none", "odd", "blank", "rich", "bare");
    List<String> before = rows(ids);
    RunProgress mended = mend(ids, ALL_FIELDS.toArray(String[]::new));
    assertThat(mended.kind()).isEqualTo(RunKind.MEND);
    assertThat(mended.count(EntryState.MENDED)).isEqualTo(5);
    for (MemoryEntry row : store.find(ids)) {
      assertThat(row.scope()).isEqualTo("agent:two");
      assertThat(row.category()).isEqualTo("decision");
      assertThat(row.importance()).isEqualTo(0.9);
      assertThat(row.metadata())
          .contains(
              "\"state\":\"archived\"",
              "\"memory_layer\":\"archive\"",
              "\"archived_at\":",
              "\"tier\":\"core\"",
              "\"memory_category\":\"events\"",
              "\"mended_at\":");
    }
    assertThat(row("odd").metadata()).contains("\"unparsed_metadata\":\"no { json\"");
    assertThat(row("rich").metadata()).contains("\"count\":7.0");
    RunProgress undone = undo(mended.run());
    assertThat(undone.count(EntryState.UNDONE)).isEqualTo(5);
    assertThat(rows(ids)).isEqualTo(before);
  }

  @Test
  void aMemoryThatIsRestoredFromTheArchiveIsRecalledAgain() throws Exception {
    addLegacy(1);
    upgrades.upgrade(List.of("m0"), TWOS).await();
    String live = row("m0").metadata();
    mend(List.of("m0"), "state=archived");
    assertThat(row("m0").metadata()).contains("\"memory_layer\":\"archive\"");
    mend(List.of("m0"), "state=confirmed");
    assertThat(String.valueOf(row("m0").metadata()).replaceAll(",\"mended_at\":\\d+", ""))
        .isEqualTo(live);
  }

  @Test
  void whatSomebodyChangedSinceThePreviewIsLeftOut() throws Exception {
    addLegacy(3);
    MendPreview preview = preview(List.of("m0", "m1", "m2"), "scope=agent:two", "tier=core");
    executeAsAgent("UPDATE memories SET scope = 'agent:three' WHERE id = 'm0'");
    executeAsAgent(
        "UPDATE memories SET metadata = json_set(metadata, '$.access_count', 3) WHERE id = 'm1'");
    executeAsAgent("DELETE FROM memories WHERE id = 'm2'");
    RunProgress end = upgrades.mend(preview.mends(), TWOS).await();
    assertThat(end.count(EntryState.MENDED)).isEqualTo(1);
    assertThat(end.count(EntryState.SKIPPED)).isEqualTo(2);
    assertThat(entry(end.run(), 0).reason())
        .isEqualTo(
            "Somebody has changed its scope since the preview; nothing was written, look at it"
                + " again.");
    assertThat(row("m0").scope()).isEqualTo("agent:three");
    assertThat(row("m1").metadata()).contains("\"access_count\":3", "\"tier\":\"core\"");
  }

  @Test
  void whatIsSoAlreadyAndWhatIsOfTheCorpusIsNotTaken() throws Exception {
    store.insert(
        List.of(
            Entries.entry("corpus:a", "A.", "{\"openclaw_corpus\":true}"),
            Entries.entry("core", "B.", "{\"tier\":\"core\"}"),
            Entries.entry("open", "C.", "{\"tier\":\"working\"}")),
        ExistingRows.SKIP);
    MendPreview preview = preview(List.of("corpus:a", "core", "open", "gone"), "tier=core");
    assertThat(preview.items())
        .extracting(MendPreview.Item::fit)
        .containsExactly(MendPlan.Fit.CORPUS, MendPlan.Fit.DONE, MendPlan.Fit.OPEN);
    assertThat(preview.items().getLast().plan().changes())
        .containsExactly(new MendPlan.Change("tier", "\"working\"", "\"core\""));
    assertThat(preview.mends()).singleElement().matches(mend -> mend.id().equals("open"));
  }

  @Test
  void anUndoKeepsWhatTheAgentWroteSince() throws Exception {
    addLegacy(1);
    long run = mend(List.of("m0"), "scope=agent:two", "importance=0.9", "tier=core").run();
    executeAsAgent(
        "UPDATE memories SET scope = 'agent:three',"
            + " metadata = json_set(metadata, '$.tier', 'peripheral', '$.note', 'kept')");
    undo(run);
    MemoryEntry row = row("m0");
    assertThat(row.scope()).isEqualTo("agent:three");
    assertThat(row.importance()).isEqualTo(0.5);
    assertThat(row.metadata()).isEqualTo("{\"tier\":\"peripheral\",\"note\":\"kept\"}");
  }

  @Test
  void ofTwoMendsTheLaterIsTakenBackFirst() throws Exception {
    addLegacy(1);
    List<String> before = rows(List.of("m0"));
    long first = mend(List.of("m0"), "scope=agent:two").run();
    long second = mend(List.of("m0"), "scope=agent:three", "tier=core").run();
    RunProgress refused = undo(first);
    assertThat(refused.count(EntryState.SKIPPED)).isEqualTo(1);
    assertThat(entry(refused.run(), 0).reason()).contains("mended again since");
    undo(second);
    assertThat(row("m0").scope()).isEqualTo("agent:two");
    undo(first);
    assertThat(rows(List.of("m0"))).isEqualTo(before);
  }

  @Test
  void anUpgradeAndAMendAreTakenBackEachByItself() throws Exception {
    addLegacy(1);
    long upgrade = upgrades.upgrade(List.of("m0"), TWOS).await().run();
    long mend = mend(List.of("m0"), "tier=core", "scope=agent:two").run();
    undo(upgrade);
    assertThat(row("m0").metadata()).matches("\\{\"tier\":\"core\",\"mended_at\":\\d+}");
    undo(mend);
    // The upgrade's default had come before the mend.
    assertThat(row("m0").metadata()).isEqualTo("{\"tier\":\"working\"}");
    assertThat(row("m0").scope()).isEqualTo("global");
  }

  @Test
  void anUndoCanBeTakenBack() throws Exception {
    addLegacy(2);
    List<String> ids = List.of("m0", "m1");
    long run = mend(ids, "scope=agent:two", "state=archived").run();
    List<String> mended = rows(ids);
    long undo = undo(run).run();
    assertThat(undo(undo).count(EntryState.UNDONE)).isEqualTo(2);
    assertThat(rows(ids)).isEqualTo(mended);
  }

  /** What a column holds that is of another type could not be put back as it was. */
  @ParameterizedTest
  @ValueSource(
      strings = {"importance = 'high'", "importance = x'01'", "scope = x'c3'", "category = x'61'"})
  void aColumnOfAnotherTypeIsLeftByteForByteAsItIs(String odd) throws Exception {
    addLegacy(2);
    executeAsAgent("UPDATE memories SET " + odd + " WHERE id = 'm0'");
    String before = odd("m0");
    RunProgress end = mendAll(List.of("m0", "m1"), "importance=0.9", "scope=x", "category=other");
    assertThat(end.count(EntryState.FAILED)).isEqualTo(1);
    assertThat(end.count(EntryState.MENDED)).isEqualTo(1);
    assertThat(odd("m0")).isEqualTo(before);
    assertThat(entry(end.run(), 0).reason()).contains("byte for byte");
  }

  /** Also those of which the preview knows that they can't be written. */
  private RunProgress mendAll(List<String> ids, String... assignments) throws Exception {
    return upgrades
        .mend(
            preview(ids, assignments).items().stream()
                .map(item -> new PlannedMend(item.id(), item.plan()))
                .toList(),
            TWOS)
        .await();
  }

  private String odd(String id) throws Exception {
    return Sql.value(
        file(),
        "SELECT quote(scope) || quote(category) || quote(importance) || quote(metadata)"
            + " || version FROM memories WHERE id = '"
            + id
            + "'");
  }

  @Test
  void whatFailedIsMendedByARetryAndUpgradedByNone() throws Exception {
    addLegacy(2);
    executeAsAgent("UPDATE memories SET importance = 'high' WHERE id = 'm0'");
    RunProgress failed = mendAll(List.of("m0", "m1"), "importance=0.9");
    assertThat(failed.count(EntryState.FAILED)).isEqualTo(1);
    assertThat(upgrades.failedIds()).isEmpty();
    executeAsAgent("UPDATE memories SET importance = NULL WHERE id = 'm0'");
    RunProgress retried = upgrades.retry(failed.run(), TWOS).await();
    assertThat(retried.kind()).isEqualTo(RunKind.MEND);
    assertThat(retried.count(EntryState.MENDED)).isEqualTo(1);
    assertThat(row("m0").importance()).isEqualTo(0.9);
    assertThat(store.stats().legacy()).isEqualTo(2);
  }

  @Test
  void whatWasCancelledIsDoneByAResume() throws Exception {
    List<String> ids = addLegacy(40);
    RunHandle run = upgrades.mend(preview(ids, "scope=agent:two").mends(), TWOS);
    run.cancel();
    RunProgress stopped = run.await();
    if (stopped.count(EntryState.MENDED) < 40) {
      executeAsAgent("UPDATE memories SET scope = 'mine' WHERE id = 'm39'");
      RunProgress resumed = upgrades.resume(run.id(), TWOS).await();
      assertThat(resumed.kind()).isEqualTo(RunKind.MEND);
      assertThat(resumed.count(EntryState.MENDED)).isEqualTo(39);
      assertThat(resumed.count(EntryState.SKIPPED)).isEqualTo(1);
    }
    assertThat(row("m38").scope()).isEqualTo("agent:two");
  }

  @Test
  void theJournalTellsWhatAColumnWas() throws Exception {
    addLegacy(1);
    long run = mend(List.of("m0"), "scope=agent:two").run();
    EntryRecord entry = entry(run, 0);
    assertThat(entry.columnsBefore().json()).isEqualTo("{\"scope\":\"global\"}");
    assertThat(entry.columnsWritten().json()).isEqualTo("{\"scope\":\"agent:two\"}");
    assertThat(upgrades.history("m0")).containsExactly(entry);
  }
}
