package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.ModelWindowTest;
import dev.memoryconsole.ui.OtherConsole;
import dev.memoryconsole.ui.Pictures;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** Heading, estimate, button and run are one number, whatever the run is. */
class CountedRunInWindowTest extends ModelWindowTest {
  private final FxRobot mouse = new FxRobot();

  /** A real click, where the button is. */
  private void clickOn(String selector) {
    until(() -> on(selector) && !node(selector, Node.class).isDisabled());
    mouse.clickOn(node(selector, Node.class));
  }

  private String button() {
    return ask(() -> node("#yes", Button.class).getText());
  }

  private void upgradeFirst(int count) {
    for (int i = 0; i < count; i++) {
      click(i, true, false);
    }
    clickOn("#upgradeSelected");
  }

  @Test
  void theQuestionSaysWhatTheSnapshotTakes() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      configure(endpoint.settings());
      settings().update(now -> now.withSnapshots(true, 5, 2));
      showReal(services.store("a.db", legacy(6)));
      upgradeFirst(2);
      until(this::isEstimated);
      assertThat(label("#sendText"))
          .containsPattern(
              "A snapshot of about 1 MB is taken first; [0-9,.]+ [MG]B are free for it.");
      Pictures.shoot(stage, "94-question-snapshot");
    }
  }

  @Test
  void whatIsChosenAndUpgradedAlreadyIsInNoNumber() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      configure(endpoint.settings());
      showReal(services.store("a.db", legacy(6)));
      upgradeFirst(2);
      until(this::isEstimated);
      assertThat(label("#sendTitle")).isEqualTo("Upgrade 2 memories?");
      assertThat(button()).isEqualTo("Upgrade 2");
      clickOn("#yes");
      until(() -> says("Run 1 done"));
      until(() -> says("4 legacy"));
      // The same two, and one more.
      upgradeFirst(3);
      until(this::isEstimated);
      assertThat(label("#sendTitle")).isEqualTo("Upgrade 1 memory?");
      assertThat(label("#sendText")).contains("2 of the 3 selected are left out: not legacy");
      assertThat(label("#sendEstimate")).startsWith("1 call,");
      assertThat(button()).isEqualTo("Upgrade 1");
      Pictures.shoot(stage, "92-question-left-out");
      clickOn("#yes");
      until(() -> says("Run 2 done"));
      assertThat(endpoint.calls()).hasSize(3);
      until(() -> says("1 / 1"));
      until(() -> says("3 legacy"));
      upgradeFirst(2);
      until(() -> label("#sendEstimate").startsWith("No calls"));
      assertThat(label("#sendTitle")).isEqualTo("Nothing to upgrade");
      assertThat(ask(() -> node("#yes", Button.class).isDisabled())).isTrue();
      Pictures.shoot(stage, "93-question-nothing");
      clickOn("#no");
      until(() -> !on("#yes"));
      assertThat(endpoint.calls()).hasSize(3);
    }
  }

  @Test
  void aResumeSaysWhatItSendsAndSendsThat() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (x.number() > 4) {
                await(go);
              }
              x.layers("The build uses Gradle.");
            })) {
      configure(endpoint.settings().withLimits(endpoint.settings().limits().withConcurrency(1)));
      showReal(services.store("a.db", legacy(12)));
      clickOn("#upgradeAll");
      until(this::isEstimated);
      clickOn("#yes");
      until(() -> endpoint.calls().size() > 4);
      clickOn("#cancel");
      until(() -> says("Run 1 cancelled"));
      go.countDown();
      clickOn("#resume");
      until(this::isEstimated);
      int sent = Integer.parseInt(label("#sendEstimate").split(" ", 2)[0]);
      assertThat(sent).isBetween(7, 9);
      int left = Integer.parseInt(button().replace("Resume ", ""));
      assertThat(left).isBetween(sent, 12);
      assertThat(label("#sendText")).contains(left + " memories are left");
      int before = endpoint.calls().size();
      clickOn("#yes");
      until(() -> says("Run 1 done"));
      assertThat(endpoint.calls()).hasSize(before + sent);
      until(() -> says("0 legacy"));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void retryIsOfferedForWhatIsStillToBeDone() throws Exception {
    List<String> ids = legacy(5).stream().map(row -> row.id()).toList();
    ids.forEach(id -> services.enricher.fail(id, "It has no time."));
    show(services.store("a.db", legacy(5)));
    clickOn("#upgradeAll");
    until(() -> on("#yes") && button().equals("Upgrade 5"));
    clickOn("#yes");
    until(() -> says("5 fallback"));
    ids.forEach(services.enricher::succeed);
    clickOn("#runs");
    until(() -> retry().equals("Retry 5"));
    // Others have retried one of them, and taken another back.
    run(() -> node("#runEntries", TableView.class).getSelectionModel().select(0));
    clickOn("#undoChosen");
    clickOn("#yes");
    until(() -> says("Run 2: undo done"));
    until(() -> says("1 legacy"));
    select("#runList", 1);
    until(() -> retry().equals("Retry 4"));
    clickOn("#runHeadRetry");
    until(() -> says("Run 3 done"));
    until(() -> says("4 / 4"));
    select("#runList", 2);
    until(() -> says("Run 1 · upgrade"));
    until(() -> !on("#runHeadRetry"));
  }

  private String retry() {
    return ask(() -> on("#runHeadRetry") ? node("#runHeadRetry", Button.class).getText() : "");
  }

  private void select(String list, int index) {
    run(() -> node(list, ListView.class).getSelectionModel().select(index));
  }

  @Test
  void aRunIsNotOfferedWhoseRestALaterOneHasDone() throws Exception {
    Path store = services.store("a.db", legacy(9));
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(3);
    }
    show(store);
    until(() -> on("#resumeOffered"));
    clickOn("#upgradeAll");
    until(() -> on("#yes") && button().equals("Upgrade 6"));
    clickOn("#yes");
    until(() -> says("Run 2 done"));
    until(() -> says("9 memories  ·  0 legacy"));
    clickOn("#runs");
    until(() -> says("Run 2 · upgrade"));
    assertThat(on("#resumeOffered")).isFalse();
    clickOn("#memories");
    run(stage::hide);
    show(store);
    clickOn("#runs");
    until(() -> says("Run 2 · upgrade"));
    assertThat(on("#resumeOffered")).isFalse();
  }

  @Test
  void theNumbersAreInTheWordsOfTheReader() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      configure(endpoint.settings());
      Path store = services.store("a.db", legacy(3));
      showReal(store, Locale.SIMPLIFIED_CHINESE, Theme.DARK, 1280, 800);
      clickOn("#upgradeAll");
      until(() -> label("#sendTitle").equals("升级 3 条记忆？"));
      until(() -> button().equals("升级 3 条"));
      clickOn("#no");
      until(() -> !on("#yes"));
      assertThat(endpoint.calls()).isEmpty();
    }
  }
}
