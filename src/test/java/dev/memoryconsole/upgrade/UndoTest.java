package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Undo over a real SQLite store and a real journal. */
class UndoTest {
  private static final UpgradeOptions TENS = UpgradeOptions.DEFAULT;

  @TempDir private Path folder;

  @Test
  void everythingIsAsBeforeWhenNobodyElseWrote() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      fixture.store.insert(
          List.of(
              Entries.entry("none", "One. Two.", null),
              Entries.entry("odd", "One. Two.", "no { json"),
              Entries.entry("blank", "One. Two.", ""),
              Entries.entry("rich", "One. Two.", "{ \"tier\" : \"core\", \"access_count\": 7.0 }")),
          ExistingRows.SKIP);
      List<String> ids = List.of("none", "odd", "blank", "rich");
      List<String> before =
          fixture.store.find(ids).stream().map(row -> row.id() + row.metadata()).sorted().toList();
      long run = fixture.upgrades.upgrade(ids, TENS).await().run();
      RunProgress undone = fixture.upgrades.undo(run, List.of(), TENS.withBatchSize(2)).await();
      assertThat(undone.kind()).isEqualTo(RunKind.UNDO);
      assertThat(undone.count(EntryState.UNDONE)).isEqualTo(4);
      LockSummary lock = undone.lock();
      assertThat(lock.acquisitions()).isEqualTo(2);
      assertThat(fixture.store.find(ids).stream().map(row -> row.id() + row.metadata()).sorted())
          .isEqualTo(before);
      assertThat(fixture.store.stats().legacy()).isEqualTo(4);
    }
  }

  @Test
  void whatTheAgentWroteSinceStays() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      fixture.addLegacy(1);
      long run = fixture.upgrades.upgrade(List.of("m0"), TENS).await().run();
      fixture.executeAsAgent(
          "UPDATE memories SET metadata = json_set(metadata, '$.access_count', 12,"
              + " '$.l0_abstract', 'The agent knows better.', '$.note', 'kept')");
      fixture.upgrades.undo(run, List.of(), TENS).await();
      MemoryEntry row = fixture.row("m0");
      assertThat(row.metadata())
          .isEqualTo(
              "{\"l0_abstract\":\"The agent knows"
                  + " better.\",\"access_count\":12,\"note\":\"kept\"}");
      assertThat(LegacyRule.stateOf(row)).isEqualTo(MemoryState.LEGACY);
    }
  }

  @Test
  void whatWasNoObjectDoesNotComeBackOnceTheAgentThrewItAway() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      fixture.store.insert(
          List.of(
              Entries.entry("bare", "One. Two.", "no { json"),
              Entries.entry("rich", "One. Two.", "no { json"),
              Entries.entry("kept", "One. Two.", "no { json")),
          ExistingRows.SKIP);
      long run = fixture.upgrades.upgrade(List.of("bare", "rich", "kept"), TENS).await().run();
      fixture.executeAsAgent(
          "UPDATE memories SET metadata = json_remove(metadata, '$.unparsed_metadata')"
              + " WHERE id <> 'kept'");
      fixture.executeAsAgent(
          "UPDATE memories SET metadata = json_set(metadata, '$.note', 'mine') WHERE id <> 'bare'");
      fixture.upgrades.undo(run, List.of(), TENS).await();
      assertThat(fixture.row("bare").metadata()).isEqualTo("{}");
      assertThat(fixture.row("rich").metadata()).isEqualTo("{\"note\":\"mine\"}");
      assertThat(fixture.row("kept").metadata())
          .isEqualTo("{\"note\":\"mine\",\"unparsed_metadata\":\"no { json\"}");
    }
  }

  @Test
  void onlyChosenEntriesAndOnlyOnce() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      long run = fixture.upgrades.upgrade(fixture.addLegacy(3), TENS).await().run();
      assertThat(fixture.upgrades.undo(run, List.of("m1"), TENS).await().selected()).isEqualTo(1);
      assertThat(fixture.store.stats().legacy()).isEqualTo(1);
      RunProgress again = fixture.upgrades.undo(run, List.of(), TENS).await();
      assertThat(again.count(EntryState.UNDONE)).isEqualTo(2);
      assertThat(again.count(EntryState.SKIPPED)).isEqualTo(1);
      assertThatThrownBy(() -> fixture.upgrades.undo(run, List.of("m7"), TENS))
          .isInstanceOf(UpgradeException.class)
          .hasMessageContaining("wrote none of these");
    }
  }

  @Test
  void anUndoCanBeTakenBack() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      long run = fixture.upgrades.upgrade(fixture.addLegacy(2), TENS).await().run();
      String upgraded = fixture.row("m0").metadata();
      long undo = fixture.upgrades.undo(run, List.of(), TENS).await().run();
      RunProgress redo = fixture.upgrades.undo(undo, List.of(), TENS).await();
      assertThat(redo.count(EntryState.UNDONE)).isEqualTo(2);
      assertThat(fixture.row("m0").metadata()).isEqualTo(upgraded);
    }
  }

  @Test
  void aRowThatWasUpgradedAgainSinceIsLeftAlone() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      List<String> ids = fixture.addLegacy(1);
      long first = fixture.upgrades.upgrade(ids, TENS).await().run();
      fixture.upgrades.undo(first, List.of(), TENS).await();
      // A marker of another time, whatever the clock says.
      fixture.writeAsAgent("m0", "{\"memory_category\":\"cases\",\"upgraded_at\":5}");
      RunProgress again = fixture.upgrades.undo(first, List.of(), TENS).await();
      assertThat(again.count(EntryState.SKIPPED)).isEqualTo(1);
      assertThat(fixture.row("m0").metadata()).contains("\"upgraded_at\":5", "cases");
    }
  }

  /** Also when every value is one that the upgrade would have written: seven keys are defaults. */
  @ParameterizedTest
  @ValueSource(strings = {"'$.upgraded_at', '$.upgraded_by'", "'$.upgraded_at'", "'$.upgraded_by'"})
  void aRowWithoutTheMarkerOfThatWriteIsLeftAlone(String dropped) throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      long run = fixture.upgrades.upgrade(fixture.addLegacy(1), TENS).await().run();
      fixture.executeAsAgent(
          "UPDATE memories SET metadata = json_remove(metadata, " + dropped + ")");
      String agents = fixture.row("m0").metadata();
      RunProgress undone = fixture.upgrades.undo(run, List.of(), TENS).await();
      assertThat(undone.count(EntryState.SKIPPED)).isEqualTo(1);
      assertThat(fixture.upgrades.entries(undone.run(), Set.of(), 0, 1))
          .singleElement()
          .satisfies(entry -> assertThat(entry.reason()).contains("nothing was changed"));
      assertThat(fixture.row("m0").metadata()).isEqualTo(agents);
    }
  }

  /** The clock stands still, so that only the marker itself can keep the writes apart. */
  @Test
  void noTwoWritesOfARowHaveOneMarker() throws Exception {
    Clock stopped = Clock.fixed(Instant.ofEpochMilli(1_750_000_000_000L), ZoneOffset.UTC);
    Path file = folder.resolve("store.db");
    SqliteStore.create(file).close();
    long first;
    try (Upgrades upgrades = service(file, stopped)) {
      ((RowInsertion) upgrades.store())
          .insert(List.of(Entries.entry("m", "A. B.", "{}")), ExistingRows.SKIP);
      first = upgrades.upgrade(List.of("m"), TENS).await().run();
      upgrades.undo(first, List.of(), TENS).await();
    }
    // An hour back, and another process.
    try (Upgrades upgrades = service(file, Clock.offset(stopped, Duration.ofHours(-1)))) {
      upgrades.upgrade(List.of("m"), TENS).await();
      String second = upgrades.store().find(List.of("m")).getFirst().metadata();
      assertThat(upgrades.undo(first, List.of(), TENS).await().count(EntryState.SKIPPED))
          .isEqualTo(1);
      assertThat(upgrades.store().find(List.of("m")).getFirst().metadata()).isEqualTo(second);
    }
  }

  private Upgrades service(Path file, Clock clock) {
    return new UpgradeService(
        SqliteStore.open(file),
        new SqliteJournal(folder.resolve("journal.db")),
        new SimpleEnricher(),
        clock);
  }

  /** An undo leaves no marker, so nothing but its journal tells that it was written. */
  @Test
  void anUndoThatWasOnlyAnnouncedTakesNothingBack() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      long run = fixture.upgrades.upgrade(fixture.addLegacy(1), TENS).await().run();
      String upgraded = fixture.row("m0").metadata();
      long undo;
      try (Journal journal = new SqliteJournal(folder.resolve("journal.db"))) {
        undo =
            journal
                .runs()
                .start(
                    new RunPlan(
                        fixture.store.location().toString(),
                        RunKind.UNDO,
                        "simple",
                        10,
                        "FALLBACK",
                        Set.of(),
                        run,
                        List.of("m0")),
                    1)
                .orElseThrow();
        journal
            .entries()
            .write(
                undo,
                List.of(EntryChange.committing(0, null, new EntryChange.Image(upgraded, "{}"))));
        journal.runs().release(undo);
      }
      fixture.writeAsAgent("m0", "{\"note\":\"the agent's own\"}");
      fixture.upgrades.resumable();
      RunProgress back = fixture.upgrades.undo(undo, List.of(), TENS).await();
      assertThat(back.count(EntryState.SKIPPED)).isEqualTo(1);
      assertThat(fixture.row("m0").metadata()).isEqualTo("{\"note\":\"the agent's own\"}");
    }
  }

  @Test
  void aDeletedRowStaysDeleted() throws Exception {
    try (UpgradeFixture fixture = new UpgradeFixture(folder, new SimpleEnricher())) {
      long run = fixture.upgrades.upgrade(fixture.addLegacy(2), TENS).await().run();
      fixture.executeAsAgent("DELETE FROM memories WHERE id = 'm0'");
      RunProgress undone = fixture.upgrades.undo(run, List.of(), TENS).await();
      assertThat(undone.count(EntryState.UNDONE)).isEqualTo(1);
      assertThat(undone.count(EntryState.SKIPPED)).isEqualTo(1);
      assertThat(fixture.store.find(List.of("m0"))).isEmpty();
    }
  }
}
