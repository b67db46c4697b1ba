package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent on Node patches memories in the plugin's three ways, one of which writes back what it
 * read before the lock, while the app upgrades all of them.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("node")
class AgentBesideUpgradeTest {
  private static final EntryQuery LEGACY = EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY));

  @TempDir Path folder;

  @Test
  void noWriteOfTheAgentAndNoUpgradeIsLost() throws Exception {
    upgradeBesideAgent(30, 200);
  }

  @Tag("long")
  @Test
  void noWriteOfABusyAgentAndNoUpgradeIsLost() throws Exception {
    upgradeBesideAgent(100, 50);
  }

  @Test
  void anUndoBesideAnAgentTakesAllBackAndLosesNoWriteOfTheAgent() throws Exception {
    Node.assumeThere();
    int rows = 30;
    Path store = Files.createDirectory(folder.resolve("lancedb-pro"));
    try (Peer agent = Node.start("agent.mjs", store)) {
      agent.tell("seed " + rows);
      agent.expect("seeded");
      try (Upgrades upgrades =
          new Assembly(new SimpleEnricher(), Clock.systemUTC())
              .open(StoreLocation.of(store), folder.resolve("workspace"))) {
        RunHandle run = upgrades.upgrade(LEGACY, Integer.MAX_VALUE, UpgradeOptions.DEFAULT);
        run.await();
        agent.tell("write 100");
        agent.expect("writing");
        RunProgress end = upgrades.undo(run.id(), List.of(), UpgradeOptions.DEFAULT).await();
        agent.tell("stop");
        agent.expect("stopped");
        assertThat(end.state()).isEqualTo(RunState.COMPLETED);
        assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
        assertThat(end.count(EntryState.UNDONE)).isEqualTo(rows);
        reapplyWhatCameLater(upgrades);
        agent.tell("check");
        // All rows, no write lost, none with a marker.
        assertThat(agent.expect("checked")).isEqualTo(rows + " 0 " + rows);
      }
    }
  }

  private void upgradeBesideAgent(int rows, int everyMillis) throws Exception {
    Node.assumeThere();
    Path store = Files.createDirectory(folder.resolve("lancedb-pro"));
    try (Peer agent = Node.start("agent.mjs", store)) {
      agent.tell("seed " + rows);
      agent.expect("seeded");
      try (Upgrades upgrades =
          new Assembly(new SimpleEnricher(), Clock.systemUTC())
              .open(StoreLocation.of(store), folder.resolve("workspace"))) {
        agent.tell("write " + everyMillis);
        agent.expect("writing");
        RunProgress end =
            upgrades.upgrade(LEGACY, Integer.MAX_VALUE, UpgradeOptions.DEFAULT).await();
        agent.tell("stop");
        String waits = agent.expect("stopped");
        int written = Integer.parseInt(waits.split(" ", -1)[0]);
        System.out.printf(
            "%d rows in %d ms beside an agent every %d ms: %d re-applied; the agent's writes and"
                + " its waits for the lock in ms, p50, p99, longest: %s%n",
            rows, end.elapsedMillis(), everyMillis, end.reapplied(), waits);
        assertThat(end.state()).isEqualTo(RunState.COMPLETED);
        assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
        assertThat(end.count(EntryState.FAILED) + end.count(EntryState.STALE)).isZero();
        reapplyWhatCameLater(upgrades);
        assertThat(written).isPositive();
        assertThat(foreignHolds(upgrades)).isNotEmpty();
        agent.tell("check");
        assertThat(agent.expect("checked")).isEqualTo(rows + " 0 0");
        agent.tell("search " + rows);
        assertThat(agent.expect("searched")).isEqualTo("0 0");
      }
    }
  }

  /** A write that was waiting when the run ended is found by the next look. */
  private static void reapplyWhatCameLater(Upgrades upgrades) throws InterruptedException {
    VerifyReport report = upgrades.verify(null);
    for (long run : report.runsToReapply()) {
      assertThat(upgrades.reapply(run, UpgradeOptions.DEFAULT).await().state())
          .isEqualTo(RunState.COMPLETED);
    }
  }

  private static List<LockAcquisition> foreignHolds(Upgrades upgrades) {
    List<LockAcquisition> seen = new ArrayList<>();
    upgrades
        .store()
        .lockMetrics()
        .read(
            0,
            event -> {
              if (event.observed()) {
                seen.add(event);
              }
            });
    return seen;
  }
}
