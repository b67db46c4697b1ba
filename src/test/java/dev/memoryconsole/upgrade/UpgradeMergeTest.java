package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.testing.Sql;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What agents write while a run thinks is merged, never overwritten. */
class UpgradeMergeTest extends UpgradeTestBase {

  @Test
  void whatTheAgentWritesDuringEnrichmentSurvives() throws Exception {
    CountDownLatch enriching = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);

    open(
        entry -> {
          enriching.countDown();
          written.await();
          return good(entry);
        });
    addLegacy(1);
    RunHandle run = upgrades.upgrade(List.of("m0"), PLAIN);
    enriching.await();
    writeAsAgent("m0", "{\"access_count\":41,\"note\":\"kept\",\"tier\":\"core\"}");
    written.countDown();
    assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(1);
    JsonNode metadata = MetadataJson.objectOrEmpty(row("m0").metadata());
    assertThat(metadata.path("access_count").intValue()).isEqualTo(41);
    assertThat(metadata.path("note").textValue()).isEqualTo("kept");
    assertThat(metadata.path("tier").textValue()).isEqualTo("core");
    assertThat(metadata.path("upgraded_by").textValue()).isEqualTo("llm:test");
  }

  @Test
  void theJournalTellsWhatOthersWroteMeanwhileFromWhatWasThereBefore() throws Exception {
    CountDownLatch enriching = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    open(
        entry -> {
          enriching.countDown();
          written.await();
          return good(entry);
        });
    addLegacy(2);
    writeAsAgent("m0", "{\"access_count\":40,\"old\":true,\"l1_overview\":\"- first\"}");
    RunHandle run = upgrades.upgrade(List.of("m0", "m1"), PLAIN);
    enriching.await();
    writeAsAgent("m0", "{\"access_count\":41,\"note\":\"x\",\"l1_overview\":\"- second\"}");
    written.countDown();
    assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(2);
    EntryRecord record = upgrades.history("m0").getFirst();
    assertThat(record.seen()).contains("40");
    List<KeyDiff> keys = RunDiff.of(record, row("m0"));
    assertThat(keys)
        .filteredOn(key -> key.kind() == KeyDiff.Kind.WRITTEN_MEANWHILE)
        .extracting(KeyDiff::key, KeyDiff::seen, KeyDiff::now)
        .containsExactlyInAnyOrder(
            tuple("access_count", "40", "41"),
            tuple("note", null, "\"x\""),
            tuple("old", "true", null));
    assertThat(keys)
        .filteredOn(key -> key.kind() == KeyDiff.Kind.WRITTEN_OVER)
        .extracting(KeyDiff::key)
        .containsExactly("l1_overview");
    assertThat(keys)
        .filteredOn(key -> key.kind() == KeyDiff.Kind.ADDED)
        .extracting(KeyDiff::key)
        .contains("tier");
    // Nobody came before the run here, and nothing more is kept than before.
    assertThat(upgrades.history("m1").getFirst().seen()).isNull();
  }

  @Test
  void theLockIsFreeWhileTheModelThinks() throws Exception {
    CountDownLatch enriching = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);

    open(
        entry -> {
          enriching.countDown();
          go.await();
          return good(entry);
        });
    addLegacy(1);
    RunHandle run = upgrades.upgrade(List.of("m0"), PLAIN);
    enriching.await();
    Sql.hold(file()).close();
    go.countDown();
    run.await();
  }

  @Test
  void aTextThatChangesDuringEnrichmentIsEnrichedAnew() throws Exception {
    AtomicInteger calls = new AtomicInteger();

    open(
        entry -> {
          if (calls.incrementAndGet() == 1) {
            rewrite("m0", "A new text. With more.");
          }
          return good(entry);
        });
    addLegacy(1);
    RunHandle run = upgrades.upgrade(List.of("m0"), PLAIN);
    assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(1);
    assertThat(run.outcomes(Set.of(), 0, 1).getFirst().attempt()).isEqualTo(2);
    assertThat(row("m0").metadata()).contains("A new text.").doesNotContain("number");
  }

  @Test
  void aTextThatNeverRestsIsReportedAsStaleAndUntouched() throws Exception {
    AtomicInteger calls = new AtomicInteger();

    open(
        entry -> {
          rewrite("m0", "Text " + calls.incrementAndGet());
          return good(entry);
        });
    addLegacy(1);
    RunProgress end = upgrades.upgrade(List.of("m0"), PLAIN).await();
    assertThat(end.count(EntryState.STALE)).isEqualTo(1);
    assertThat(calls).hasValue(4);
    assertThat(LegacyRule.stateOf(row("m0"))).isEqualTo(MemoryState.LEGACY);
    assertThat(upgrades.failedIds()).containsExactly("m0");
  }

  @Test
  void preconditionsAreCheckedOnTheRowAsReRead() throws Exception {
    CountDownLatch enriching = new CountDownLatch(3);
    CountDownLatch go = new CountDownLatch(1);

    open(
        entry -> {
          enriching.countDown();
          go.await();
          return good(entry);
        });
    addLegacy(3);
    UpgradeOptions onlyGlobal = new UpgradeOptions(10, 8, FailurePolicy.FALLBACK, Set.of("global"));
    RunHandle run = upgrades.upgrade(List.of("m0", "m1", "m2", "gone"), onlyGlobal);
    enriching.await();
    executeAsAgent("DELETE FROM memories WHERE id = 'm0'");
    executeAsAgent("UPDATE memories SET scope = 'user:x' WHERE id = 'm1'");
    writeAsAgent("m2", "{\"memory_category\":\"events\"}");
    go.countDown();
    RunProgress end = run.await();
    assertThat(end.count(EntryState.SKIPPED)).isEqualTo(4);
    assertThat(run.outcomes(Set.of(), 0, 100))
        .extracting(EntryOutcome::reason)
        .anySatisfy(reason -> assertThat(reason).contains("deleted"))
        .anySatisfy(reason -> assertThat(reason).contains("scopes"))
        .anySatisfy(reason -> assertThat(reason).contains("already upgraded"));
    assertThat(row("m2").metadata()).isEqualTo("{\"memory_category\":\"events\"}");
    assertThat(row("m1").metadata()).isEqualTo("{}");
  }
}
