package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Plans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Undo over a real SQLite store and a real journal. */
class UndoTest extends UpgradeTestBase {
  @Test
  void everythingIsAsBeforeWhenNobodyElseWrote() throws Exception {
    open();
    store.insert(
        List.of(
            Entries.entry("none", "One. Two.", null),
            Entries.entry("odd", "One. Two.", "no { json"),
            Entries.entry("blank", "One. Two.", ""),
            Entries.entry("rich", "One. Two.", "{ \"tier\" : \"core\", \"access_count\": 7.0 }")),
        ExistingRows.SKIP);
    List<String> ids = List.of("none", "odd", "blank", "rich");
    List<String> before =
        store.find(ids).stream().map(row -> row.id() + row.metadata()).sorted().toList();
    long run = upgrades.upgrade(ids, PLAIN).await().run();
    RunProgress undone = upgrades.undo(run, List.of(), PLAIN.withBatchSize(2)).await();
    assertThat(undone.kind()).isEqualTo(RunKind.UNDO);
    assertThat(undone.count(EntryState.UNDONE)).isEqualTo(4);
    LockSummary lock = undone.lock();
    assertThat(lock.acquisitions()).isEqualTo(2);
    assertThat(store.find(ids).stream().map(row -> row.id() + row.metadata()).sorted())
        .isEqualTo(before);
    assertThat(store.stats().legacy()).isEqualTo(4);
  }

  @Test
  void whatTheAgentWroteSinceStays() throws Exception {
    open();
    addLegacy(1);
    long run = upgrades.upgrade(List.of("m0"), PLAIN).await().run();
    executeAsAgent(
        "UPDATE memories SET metadata = json_set(metadata, '$.access_count', 12,"
            + " '$.l0_abstract', 'The agent knows better.', '$.note', 'kept')");
    upgrades.undo(run, List.of(), PLAIN).await();
    MemoryEntry row = row("m0");
    assertThat(row.metadata())
        .isEqualTo(
            "{\"l0_abstract\":\"The agent knows"
                + " better.\",\"access_count\":12,\"note\":\"kept\"}");
    assertThat(LegacyRule.stateOf(row)).isEqualTo(MemoryState.LEGACY);
  }

  @Test
  void whatWasNoObjectDoesNotComeBackOnceTheAgentThrewItAway() throws Exception {
    open();
    store.insert(
        List.of(
            Entries.entry("bare", "One. Two.", "no { json"),
            Entries.entry("rich", "One. Two.", "no { json"),
            Entries.entry("kept", "One. Two.", "no { json")),
        ExistingRows.SKIP);
    long run = upgrades.upgrade(List.of("bare", "rich", "kept"), PLAIN).await().run();
    executeAsAgent(
        "UPDATE memories SET metadata = json_remove(metadata, '$.unparsed_metadata')"
            + " WHERE id <> 'kept'");
    executeAsAgent(
        "UPDATE memories SET metadata = json_set(metadata, '$.note', 'mine') WHERE id <> 'bare'");
    upgrades.undo(run, List.of(), PLAIN).await();
    assertThat(row("bare").metadata()).isEqualTo("{}");
    assertThat(row("rich").metadata()).isEqualTo("{\"note\":\"mine\"}");
    assertThat(row("kept").metadata())
        .isEqualTo("{\"note\":\"mine\",\"unparsed_metadata\":\"no { json\"}");
  }

  @Test
  void onlyChosenEntriesAndOnlyOnce() throws Exception {
    open();
    long run = upgrades.upgrade(addLegacy(3), PLAIN).await().run();
    assertThat(upgrades.undo(run, List.of("m1"), PLAIN).await().selected()).isEqualTo(1);
    assertThat(store.stats().legacy()).isEqualTo(1);
    RunProgress again = upgrades.undo(run, List.of(), PLAIN).await();
    assertThat(again.count(EntryState.UNDONE)).isEqualTo(2);
    assertThat(again.count(EntryState.SKIPPED)).isEqualTo(1);
    assertThatThrownBy(() -> upgrades.undo(run, List.of("m7"), PLAIN))
        .isInstanceOf(UpgradeException.class)
        .hasMessageContaining("wrote none of these");
  }

  @Test
  void anUndoCanBeTakenBack() throws Exception {
    open();
    long run = upgrades.upgrade(addLegacy(2), PLAIN).await().run();
    String upgraded = row("m0").metadata();
    long undo = upgrades.undo(run, List.of(), PLAIN).await().run();
    RunProgress redo = upgrades.undo(undo, List.of(), PLAIN).await();
    assertThat(redo.count(EntryState.UNDONE)).isEqualTo(2);
    assertThat(row("m0").metadata()).isEqualTo(upgraded);
  }

  @Test
  void aRowThatWasUpgradedAgainSinceIsLeftAlone() throws Exception {
    open();
    List<String> ids = addLegacy(1);
    long first = upgrades.upgrade(ids, PLAIN).await().run();
    upgrades.undo(first, List.of(), PLAIN).await();
    // A marker of another time, whatever the clock says.
    writeAsAgent("m0", "{\"memory_category\":\"cases\",\"upgraded_at\":5}");
    RunProgress again = upgrades.undo(first, List.of(), PLAIN).await();
    assertThat(again.count(EntryState.SKIPPED)).isEqualTo(1);
    assertThat(row("m0").metadata()).contains("\"upgraded_at\":5", "cases");
  }

  /** Also when every value is one that the upgrade would have written: seven keys are defaults. */
  @ParameterizedTest
  @ValueSource(strings = {"'$.upgraded_at', '$.upgraded_by'", "'$.upgraded_at'", "'$.upgraded_by'"})
  void aRowWithoutTheMarkerOfThatWriteIsLeftAlone(String dropped) throws Exception {
    open();
    long run = upgrades.upgrade(addLegacy(1), PLAIN).await().run();
    executeAsAgent("UPDATE memories SET metadata = json_remove(metadata, " + dropped + ")");
    String agents = row("m0").metadata();
    RunProgress undone = upgrades.undo(run, List.of(), PLAIN).await();
    assertThat(undone.count(EntryState.SKIPPED)).isEqualTo(1);
    assertThat(upgrades.entries(undone.run(), Set.of(), 0, 1))
        .singleElement()
        .satisfies(entry -> assertThat(entry.reason()).contains("nothing was changed"));
    assertThat(row("m0").metadata()).isEqualTo(agents);
  }

  /** The clock stands still, so that only the marker itself can keep the writes apart. */
  @Test
  void noTwoWritesOfARowHaveOneMarker() throws Exception {
    Clock stopped = Clock.fixed(Instant.ofEpochMilli(1_750_000_000_000L), ZoneOffset.UTC);
    SqliteStore.create(file()).close();
    long first;
    try (Upgrades upgrades = service(SqliteStore.open(file()), folder, stopped)) {
      ((RowInsertion) upgrades.store())
          .insert(List.of(Entries.entry("m", "A. B.", "{}")), ExistingRows.SKIP);
      first = upgrades.upgrade(List.of("m"), PLAIN).await().run();
      upgrades.undo(first, List.of(), PLAIN).await();
    }
    // An hour back, and another process.
    try (Upgrades upgrades =
        service(SqliteStore.open(file()), folder, Clock.offset(stopped, Duration.ofHours(-1)))) {
      upgrades.upgrade(List.of("m"), PLAIN).await();
      String second = upgrades.store().find(List.of("m")).getFirst().metadata();
      assertThat(upgrades.undo(first, List.of(), PLAIN).await().count(EntryState.SKIPPED))
          .isEqualTo(1);
      assertThat(upgrades.store().find(List.of("m")).getFirst().metadata()).isEqualTo(second);
    }
  }

  /** An undo leaves no marker, so nothing but its journal tells that it was written. */
  @Test
  void anUndoThatWasOnlyAnnouncedTakesNothingBack() throws Exception {
    open();
    long run = upgrades.upgrade(addLegacy(1), PLAIN).await().run();
    String upgraded = row("m0").metadata();
    long undo;
    try (Journal journal = new SqliteJournal(folder.resolve("journal.db"))) {
      undo =
          journal
              .runs()
              .start(Plans.run(RunKind.UNDO, store.location().toString(), run, List.of("m0")), 1)
              .orElseThrow();
      journal
          .entries()
          .write(
              undo,
              List.of(EntryChange.committing(0, null, new EntryChange.Image(upgraded, "{}"))));
      journal.runs().release(undo);
    }
    writeAsAgent("m0", "{\"note\":\"the agent's own\"}");
    upgrades.resumable();
    RunProgress back = upgrades.undo(undo, List.of(), PLAIN).await();
    assertThat(back.count(EntryState.SKIPPED)).isEqualTo(1);
    assertThat(row("m0").metadata()).isEqualTo("{\"note\":\"the agent's own\"}");
  }

  @Test
  void aDeletedRowStaysDeleted() throws Exception {
    open();
    long run = upgrades.upgrade(addLegacy(2), PLAIN).await().run();
    executeAsAgent("DELETE FROM memories WHERE id = 'm0'");
    RunProgress undone = upgrades.undo(run, List.of(), PLAIN).await();
    assertThat(undone.count(EntryState.UNDONE)).isEqualTo(1);
    assertThat(undone.count(EntryState.SKIPPED)).isEqualTo(1);
    assertThat(store.find(List.of("m0"))).isEmpty();
  }
}
