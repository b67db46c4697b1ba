package dev.memoryconsole.upgrade.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.VerifyTestBase;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mend is looked after as an upgrade is, where another program writes older copies back. */
@Timeout(60)
@Tag("slow")
class MendVerifyTest extends VerifyTestBase {
  private RunProgress mend(List<String> ids, String... assignments) throws Exception {
    MendPreview preview = MendPreview.of(store, ids, FieldChanges.parse(List.of(assignments)));
    return upgrades.mend(preview.mends(), OPTIONS).await();
  }

  @Test
  void whatAnOlderCopyBroughtBackIsMendedAgain() throws Exception {
    List<String> ids = addLegacy(12);
    settling.other(
        commit -> {
          if (commit == 2) {
            executeAsAgent(
                "UPDATE memories SET metadata = ?, scope = 'global' WHERE id = 'm1'", STALE);
          }
        });
    RunProgress end = mend(ids, "scope=agent:two", "state=archived");
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
    assertThat(end.count(EntryState.MENDED)).isEqualTo(12);
    assertThat(end.reapplied()).isEqualTo(1);
    assertThat(row("m1").scope()).isEqualTo("agent:two");
    assertThat(row("m1").metadata()).contains("\"note\":\"from the agent\"", "archived");
    // It can still be taken back, with what the agent had written.
    upgrades.undo(end.run(), List.of(), OPTIONS).await();
    assertThat(row("m1").metadata()).isEqualTo(STALE);
    assertThat(row("m1").scope()).isEqualTo("global");
    assertThat(upgrades.verify(null).findings()).isEmpty();
  }

  /** Somebody wanted it so. */
  @Test
  void whatSomebodySetAnewStays() throws Exception {
    List<String> ids = addLegacy(3);
    settling.other(
        commit -> {
          if (commit == 1) {
            executeAsAgent(
                "UPDATE memories SET metadata = ?, scope = 'theirs' WHERE id = 'm1'", STALE);
          }
        });
    RunProgress end = mend(ids, "scope=agent:two");
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.reapplied()).isZero();
    assertThat(row("m1").scope()).isEqualTo("theirs");
    assertThat(row("m1").metadata()).isEqualTo(STALE);
    assertThat(upgrades.verify(end.run()).runsToReapply()).isEmpty();
  }

  @Test
  void anUndoThatAnOlderCopyOverwroteIsMadeAgain() throws Exception {
    List<String> ids = addLegacy(1);
    RunProgress end = mend(ids, "state=archived");
    String mended = String.valueOf(row("m0").metadata());
    settling.other(
        commit -> {
          if (commit == 2) {
            executeAsAgent("UPDATE memories SET metadata = ? WHERE id = 'm0'", mended);
          }
        });
    RunProgress undone = upgrades.undo(end.run(), List.of(), OPTIONS).await();
    assertThat(undone.reapplied()).isEqualTo(1);
    assertThat(row("m0").metadata()).isEqualTo("{}");
  }
}
