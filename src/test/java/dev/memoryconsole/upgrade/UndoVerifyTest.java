package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.memory.MetadataJson;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an undo took back is verified like what an upgrade wrote. */
@Timeout(60)
@Tag("slow")
class UndoVerifyTest extends VerifyTestBase {
  private String upgradedCopyOf(String id) {
    ObjectNode copy = MetadataJson.objectOrEmpty(row(id).metadata());
    return copy.put("note", "from the agent").toString();
  }

  @Test
  void anUndoThatAnOlderCopyUndidIsTakenBackAgain() throws Exception {
    List<String> ids = addLegacy(2);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    String copy = upgradedCopyOf("m0");
    settling.other(
        commit -> {
          if ("{}".equals(row("m0").metadata())) {
            executeAsAgent("UPDATE memories SET metadata = ? WHERE id = ?", copy, "m0");
          }
        });
    RunHandle undo = upgrades.undo(run.id(), List.of(), OPTIONS);
    RunProgress end = undo.await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
    assertThat(end.count(EntryState.UNDONE)).isEqualTo(2);
    assertThat(end.reapplied()).isOne();
    assertThat(row("m0").metadata()).isEqualTo(STALE);
    assertThat(row("m1").metadata()).isEqualTo("{}");
    assertThat(upgrades.entries(undo.id(), Set.of(), 0, 1).getFirst())
        .matches(entry -> entry.reapplied() == 1 && entry.reason().contains("taken back again"));
  }

  @Test
  void aLaterLookFindsAnUndoThatWasOverwrittenSinceAndItIsTakenBackAgain() throws Exception {
    List<String> ids = addLegacy(2);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    String copy = upgradedCopyOf("m0");
    RunHandle undo = upgrades.undo(run.id(), List.of(), OPTIONS);
    undo.await();
    assertThat(upgrades.verifyUnsettled().findings()).isEmpty();
    executeAsAgent("UPDATE memories SET metadata = ? WHERE id = ?", copy, "m0");
    VerifyReport report = upgrades.verifyUnsettled();
    assertThat(report.findings())
        .extracting(VerifyReport.Lost::run, VerifyReport.Lost::id, VerifyReport.Lost::fate)
        .containsExactly(tuple(undo.id(), "m0", WriteFate.OVERWRITTEN));
    assertThat(upgrades.reapply(undo.id(), OPTIONS).await().reapplied()).isOne();
    assertThat(row("m0").metadata()).isEqualTo(STALE);
    assertThat(upgrades.verify(null).findings()).isEmpty();
  }

  @Test
  void whatAnAgentWritesAfterAnUndoIsItsOwnEvenIfTheUpgradeHadWrittenTheSame() throws Exception {
    List<String> ids = addLegacy(1);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    upgrades.undo(run.id(), List.of(), OPTIONS).await();
    String stamped = "{\"memory_category\":\"cases\",\"tier\":\"working\"}";
    executeAsAgent("UPDATE memories SET metadata = ? WHERE id = ?", stamped, "m0");
    assertThat(upgrades.verify(null).findings()).isEmpty();
    assertThat(row("m0").metadata()).isEqualTo(stamped);
  }

  @Test
  void anUpgradeThatWasTakenBackAndBroughtBackOnPurposeStays() throws Exception {
    List<String> ids = addLegacy(1);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    RunHandle undo = upgrades.undo(run.id(), List.of(), OPTIONS);
    undo.await();
    upgrades.undo(undo.id(), List.of(), OPTIONS).await();
    assertThat(isUpgraded("m0")).isTrue();
    assertThat(upgrades.verify(null).findings()).isEmpty();
  }
}
