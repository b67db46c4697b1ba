package dev.memoryconsole.ui.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.ModelWindowTest;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.SceneText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The preview of all that are chosen, before anything is written or sent. */
class PreviewInWindowTest extends ModelWindowTest {
  private final FxRobot mouse = new FxRobot();

  private void clickOn(String selector) {
    until(() -> on(selector) && !node(selector, Node.class).isDisabled());
    mouse.clickOn(node(selector, Node.class));
  }

  private String button() {
    return ask(() -> node("#previewUpgrade", Button.class).getText());
  }

  private boolean isDisabled(String selector) {
    return ask(() -> node(selector, Node.class).isDisabled());
  }

  @Test
  void eachOfTheChosenIsShownAndTakenOrLeftOut() throws Exception {
    services.enricher.named("simple");
    List<MemoryEntry> rows = new ArrayList<>(legacy(5));
    MemoryEntry first = rows.getFirst();
    rows.set(
        0,
        new MemoryEntry(
            first.id(),
            first.text(),
            first.category(),
            first.scope(),
            first.importance(),
            first.timestamp(),
            "{\"memory_category\":\"cases\",\"upgraded_at\":5,\"upgraded_by\":\"other\"}",
            1));
    show(services.store("a.db", rows));
    for (int i = 0; i < 4; i++) {
      click(i, true, false);
    }
    clickOn("#preview");
    until(() -> label("#previewTitle").equals("Preview of 3 memories"));
    assertThat(label("#previewTotals"))
        .isEqualTo("3 to upgrade; 1 left out, not legacy. Nothing is written yet.");
    until(() -> label("#previewMemory").startsWith("Memory m01"));
    until(() -> says("What an upgrade (simple) would do") && says("l0_abstract"));
    assertThat(isDisabled("#previewPrevious")).isTrue();
    Pictures.shoot(stage, "90-preview");
    clickOn("#previewNext");
    until(() -> label("#previewMemory").startsWith("Memory m02"));
    assertThat(label("#previewPosition")).isEqualTo("2 of 3");
    clickOn("#previewTake");
    until(() -> button().equals("Upgrade these 2"));
    assertThat(label("#previewTotals")).contains("2 to upgrade; 1 taken out; 1 left out");
    key(KeyCode.RIGHT, false, false);
    until(() -> label("#previewPosition").equals("3 of 3"));
    assertThat(isDisabled("#previewNext")).isTrue();
    key(KeyCode.LEFT, false, false);
    until(() -> label("#previewPosition").equals("2 of 3"));
    clickOn("#previewUpgrade");
    until(() -> says("Run 1 done"));
    until(() -> says("2 / 2"));
    until(() -> says("5 memories  ·  2 legacy"));
    assertThat(on("#previewTitle")).isFalse();
  }

  @Test
  void nothingIsSentToAModelBeforeSomebodySaysSo() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      configure(endpoint.settings());
      showReal(services.store("a.db", legacy(3)), Locale.ENGLISH, Theme.DARK, 900, 560);
      click(0, true, false);
      click(1, true, false);
      clickOn("#preview");
      until(() -> label("#previewPosition").equals("1 of 2"));
      until(() -> on("#previewAsk"));
      until(() -> SceneText.isRightAbove("The preview asks the model", button("#previewAsk")));
      clickOn("#previewNext");
      until(() -> on("#previewAsk"));
      assertThat(endpoint.calls()).isEmpty();
      clickOn("#previewAsk");
      until(() -> says("Send a memory to 127.0.0.1:"));
      clickOn("#no");
      until(() -> !on("#yes"));
      assertThat(endpoint.calls()).isEmpty();
      clickOn("#previewAsk");
      clickOn("#yes");
      until(() -> says("What an upgrade (llm:test-model) would do"));
      assertThat(endpoint.calls()).hasSize(1);
      Pictures.shoot(stage, "91-preview-by-model");
      // Looked at again, it is not asked again.
      clickOn("#previewPrevious");
      until(() -> on("#previewAsk"));
      clickOn("#previewNext");
      until(() -> says("What an upgrade (llm:test-model) would do"));
      assertThat(endpoint.calls()).hasSize(1);
      clickOn("#previewUpgrade");
      until(this::isEstimated);
      assertThat(label("#sendTitle")).isEqualTo("Upgrade 2 memories?");
      // What the preview got is not paid for again.
      assertThat(says("One of them is enriched already and not sent again.")).isTrue();
      Pictures.shoot(stage, "92-preview-is-not-sent-again");
      clickOn("#no");
      until(() -> !on("#yes"));
      assertThat(endpoint.calls()).hasSize(1);
      assertThat(says("2 selected")).isTrue();
      press("#upgradeSelected");
      until(this::isEstimated);
      press("#yes");
      until(() -> says("Run 1 done"));
      assertThat(endpoint.calls()).hasSize(2);
    }
  }

  @Test
  void onePossiblyLegacyIsPreviewedAndUpgraded() throws Exception {
    services.enricher.named("simple");
    MemoryEntry touched =
        new MemoryEntry(
            "s1",
            "The build uses Gradle. It always did.",
            "fact",
            "global",
            0.5,
            CLOCK.millis(),
            "{\"memory_category\":\"cases\",\"source\":\"legacy\"}",
            1);
    show(services.store("a.db", List.of(touched)));
    until(() -> says("possibly legacy"));
    click(0, false, false);
    tab(2);
    until(() -> says("What an upgrade (simple) would do"));
    assertThat(says("its agent wrote it in the new form")).isFalse();
    click(0, true, false);
    clickOn("#preview");
    until(() -> label("#previewTotals").startsWith("1 to upgrade, 1 of them possibly legacy"));
    clickOn("#previewUpgrade");
    until(() -> says("Run 1 done"));
    until(() -> says("1 / 1"));
  }
}
