package dev.memoryconsole.upgrade;

import static dev.memoryconsole.upgrade.UpgradeFixture.good;
import static dev.memoryconsole.upgrade.UpgradeFixture.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.settings.FailurePolicy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents write while a run thinks is merged, never overwritten. */
class UpgradeMergeTest {
  @TempDir private Path folder;

  @Test
  void whatTheAgentWritesDuringEnrichmentSurvives() throws Exception {
    CountDownLatch enriching = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Enricher slow =
        model(
            entry -> {
              enriching.countDown();
              written.await();
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, slow)) {
      fixture.addLegacy(1);
      RunHandle run = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT);
      enriching.await();
      fixture.writeAsAgent("m0", "{\"access_count\":41,\"note\":\"kept\",\"tier\":\"core\"}");
      written.countDown();
      assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(1);
      JsonNode metadata = MetadataJson.objectOrEmpty(fixture.row("m0").metadata());
      assertThat(metadata.path("access_count").intValue()).isEqualTo(41);
      assertThat(metadata.path("note").textValue()).isEqualTo("kept");
      assertThat(metadata.path("tier").textValue()).isEqualTo("core");
      assertThat(metadata.path("upgraded_by").textValue()).isEqualTo("llm:test");
    }
  }

  @Test
  void theLockIsFreeWhileTheModelThinks() throws Exception {
    CountDownLatch enriching = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Enricher slow =
        model(
            entry -> {
              enriching.countDown();
              go.await();
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, slow)) {
      fixture.addLegacy(1);
      RunHandle run = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT);
      enriching.await();
      try (Connection agent =
              DriverManager.getConnection("jdbc:sqlite:" + fixture.store.location());
          PreparedStatement begin = agent.prepareStatement("BEGIN IMMEDIATE");
          PreparedStatement rollback = agent.prepareStatement("ROLLBACK")) {
        begin.execute();
        rollback.execute();
      }
      go.countDown();
      run.await();
    }
  }

  @Test
  void aTextThatChangesDuringEnrichmentIsEnrichedAnew() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    UpgradeFixture[] own = new UpgradeFixture[1];
    Enricher racing =
        model(
            entry -> {
              if (calls.incrementAndGet() == 1) {
                own[0].rewrite("m0", "A new text. With more.");
              }
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, racing)) {
      own[0] = fixture;
      fixture.addLegacy(1);
      RunHandle run = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT);
      assertThat(run.await().count(EntryState.UPGRADED)).isEqualTo(1);
      assertThat(run.outcomesFrom(0).getFirst().attempt()).isEqualTo(2);
      assertThat(fixture.row("m0").metadata()).contains("A new text.").doesNotContain("number");
    }
  }

  @Test
  void aTextThatNeverRestsIsReportedAsStaleAndUntouched() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    UpgradeFixture[] own = new UpgradeFixture[1];
    Enricher racing =
        model(
            entry -> {
              own[0].rewrite("m0", "Text " + calls.incrementAndGet());
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, racing)) {
      own[0] = fixture;
      fixture.addLegacy(1);
      RunProgress end = fixture.upgrades.upgrade(List.of("m0"), UpgradeOptions.DEFAULT).await();
      assertThat(end.count(EntryState.STALE)).isEqualTo(1);
      assertThat(calls).hasValue(4);
      assertThat(LegacyRule.stateOf(fixture.row("m0"))).isEqualTo(MemoryState.LEGACY);
      assertThat(fixture.upgrades.failedIds()).containsExactly("m0");
    }
  }

  @Test
  void preconditionsAreCheckedOnTheRowAsReRead() throws Exception {
    CountDownLatch enriching = new CountDownLatch(3);
    CountDownLatch go = new CountDownLatch(1);
    Enricher slow =
        model(
            entry -> {
              enriching.countDown();
              go.await();
              return good(entry);
            });
    try (UpgradeFixture fixture = new UpgradeFixture(folder, slow)) {
      fixture.addLegacy(3);
      UpgradeOptions onlyGlobal =
          new UpgradeOptions(10, 8, FailurePolicy.FALLBACK, Set.of("global"));
      RunHandle run = fixture.upgrades.upgrade(List.of("m0", "m1", "m2", "gone"), onlyGlobal);
      enriching.await();
      fixture.executeAsAgent("DELETE FROM memories WHERE id = 'm0'");
      fixture.executeAsAgent("UPDATE memories SET scope = 'user:x' WHERE id = 'm1'");
      fixture.writeAsAgent("m2", "{\"memory_category\":\"events\"}");
      go.countDown();
      RunProgress end = run.await();
      assertThat(end.count(EntryState.SKIPPED)).isEqualTo(4);
      assertThat(run.outcomesFrom(0))
          .extracting(EntryOutcome::reason)
          .anySatisfy(reason -> assertThat(reason).contains("deleted"))
          .anySatisfy(reason -> assertThat(reason).contains("scopes"))
          .anySatisfy(reason -> assertThat(reason).contains("already upgraded"));
      assertThat(fixture.row("m2").metadata()).isEqualTo("{\"memory_category\":\"events\"}");
      assertThat(fixture.row("m1").metadata()).isEqualTo("{}");
    }
  }
}
