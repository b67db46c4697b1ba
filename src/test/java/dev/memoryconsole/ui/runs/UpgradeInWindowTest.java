package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.ui.SceneText;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.EntryOutcome;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;

/** The main job, by hand. */
class UpgradeInWindowTest extends WindowTest {
  private static final String REASON = "The model did not answer within 30 s.";

  @Test
  void twoSelectedMemoriesAreUpgradedAndOneFallsBackWithItsReason() throws Exception {
    services.enricher.fail("m03", REASON);
    show(services.store("a.db", legacy(10)));
    click(1, true, false);
    click(3, true, false);
    assertThat(says("2 selected")).isTrue();
    press("#upgradeSelected");
    until(() -> says("Run 1 done"));
    press("#expand");
    assertThat(outcomes())
        .extracting(EntryOutcome::id, EntryOutcome::outcome)
        .containsExactlyInAnyOrder(
            tuple("m01", EntryState.UPGRADED), tuple("m03", EntryState.FALLBACK));
    assertThat(outcomes()).anyMatch(outcome -> outcome.reason().contains(REASON));
    until(() -> says("10 memories  ·  8 legacy  ·  1 fallback"));
    until(() -> says("1 fallback"));
  }

  @Test
  void whatAnUpgradeChangedIsShown() throws Exception {
    show(services.store("a.db", legacy(5)));
    click(2, true, false);
    press("#upgradeSelected");
    until(() -> says("Run 1 done"));
    click(2, false, false);
    tab(2);
    until(() -> says("What run 1 wrote"));
    until(() -> says("l0_abstract"));
    assertThat(says("+ ours, added")).isTrue();
    assertThat(says("access_count")).isFalse();
    run(() -> node("#onlyChanges", atlantafx.base.controls.ToggleSwitch.class).setSelected(false));
    until(() -> says("access_count"));
    assertThat(says("= kept")).isTrue();
  }

  @Test
  void aModelIsAskedForAPreviewOnlyWhenTheAdminAsks() throws Exception {
    show(services.store("a.db", legacy(5)));
    click(0, false, false);
    tab(2);
    until(() -> on("#askPreview"));
    // Right below the words that say what it does.
    until(() -> SceneText.isRightAbove("The preview asks the model", button("#askPreview")));
    press("#askPreview");
    until(() -> says("Nothing is written."));
    assertThat(says("l2_content")).isTrue();
    press("#memories");
    assertThat(says("5 legacy")).isTrue();
  }

  @Test
  void whatFellBackIsRetried() throws Exception {
    services.enricher.fail("m00", REASON);
    show(services.store("a.db", legacy(3)));
    click(0, true, false);
    press("#upgradeSelected");
    until(() -> on("#retry"));
    services.enricher.succeed("m00");
    press("#retry");
    until(() -> says("Run 2 done"));
    until(() -> says("3 memories  ·  2 legacy  ·  0 fallback"));
    press("#expand");
    assertThat(outcomes()).extracting(EntryOutcome::outcome).containsExactly(EntryState.UPGRADED);
  }

  @Test
  void aRunIsPausedAndGoesOn() throws Exception {
    services.enricher.hold();
    show(services.store("a.db", legacy(30)));
    press("#upgradeAll");
    until(() -> says("Upgrade 30 memories?"));
    press("#yes");
    until(() -> on("#pause"));
    press("#pause");
    until(() -> says("Run 1 paused"));
    press("#pause");
    services.enricher.release();
    until(() -> says("Run 1 done"));
    until(() -> says("0 legacy"));
  }

  @Test
  void aRunIsCancelledAndWhatWasWrittenStays() throws Exception {
    services.enricher.hold();
    services.enricher.permit(8);
    show(services.store("a.db", legacy(30)));
    key(KeyCode.A, true, false);
    until(() -> says("30 selected"));
    press("#upgradeSelected");
    until(() -> on("#yes"));
    press("#yes");
    press("#expand");
    until(() -> !outcomes().isEmpty());
    press("#cancel");
    until(() -> says("Run 1 cancelled"));
    assertThat(outcomes()).hasSize(30);
    // Their rows are read anew when the run has ended.
    until(() -> outcomes().stream().anyMatch(outcome -> outcome.outcome() == EntryState.CANCELLED));
    assertThat(outcomes()).anyMatch(outcome -> outcome.outcome() == EntryState.UPGRADED);
  }

  @Test
  void upgradeAllAsksWithTheNumberAndNoMeansNo() throws Exception {
    show(services.store("a.db", legacy(12)));
    press("#upgradeAll");
    until(() -> says("Upgrade 12 memories?"));
    press("#no");
    until(() -> !on("#yes"));
    assertThat(on("#figures")).isFalse();
    press("#runs");
    until(() -> says("No runs yet"));
  }

  @Test
  void allButOneAreUpgraded() throws Exception {
    show(services.store("a.db", legacy(12)));
    key(KeyCode.A, true, false);
    click(5, true, false);
    until(() -> says("11 selected"));
    press("#upgradeSelected");
    until(() -> on("#yes"));
    press("#yes");
    until(() -> says("Run 1 done"));
    press("#expand");
    assertThat(outcomes()).hasSize(11).noneMatch(outcome -> outcome.id().equals("m05"));
  }

  @Test
  void theRunsScreenShowsEveryEntryAndItsReason() throws Exception {
    services.enricher.fail("m01", REASON);
    show(services.store("a.db", legacy(3)));
    key(KeyCode.A, true, false);
    press("#upgradeSelected");
    until(() -> on("#yes"));
    press("#yes");
    until(() -> says("Run 1 done"));
    key(KeyCode.DIGIT2, true, false);
    until(() -> on("#runEntries"));
    until(() -> says("Run 1 · upgrade"));
    TableView<?> entries = node("#runEntries", TableView.class);
    until(() -> entries.getItems().size() == 3);
    run(() -> entries.getSelectionModel().select(1));
    until(() -> says("What this run wrote"));
    assertThat(says("upgrade_error")).isTrue();
  }

  @Test
  void closingAsksWhileARunIsAtWork() throws Exception {
    services.enricher.hold();
    show(services.store("a.db", legacy(30)));
    press("#upgradeAll");
    until(() -> on("#yes"));
    press("#yes");
    until(() -> on("#pause"));
    run(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
    until(() -> says("A run is at work"));
    assertThat(stage.isShowing()).isTrue();
    pressNamed("Cancel the run and close");
    until(() -> !stage.isShowing());
  }

  @Test
  void oneButtonIsPrimary() throws Exception {
    show(services.store("a.db", legacy(3)));
    assertThat(primaries()).containsExactly("upgradeAll");
    click(0, true, false);
    assertThat(primaries()).containsExactly("upgradeSelected");
  }

  private List<String> primaries() {
    return ask(
        () ->
            root().lookupAll(".accent").stream()
                .filter(node -> node instanceof Button && visible(node))
                .map(node -> node.getId())
                .toList());
  }

  @SuppressWarnings("unchecked")
  private List<EntryOutcome> outcomes() {
    return ask(
        () -> List.copyOf(((TableView<EntryOutcome>) root().lookup("#outcomes")).getItems()));
  }
}
