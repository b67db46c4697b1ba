package dev.memoryconsole.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.Locking;
import dev.memoryconsole.settings.Monitoring;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.ModelWindowTest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.pace.Batching;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The settings of the lock, typed and clicked, and what they do to runs, records and figures. */
@Tag("node")
class LockRulesInWindowTest extends ModelWindowTest {
  private final FxRobot keyboard = new FxRobot();

  /** Clicks in the middle of a node's left end, where the mark of a choice is. */
  private void click(String selector) {
    until(() -> on(selector));
    run(
        () -> {
          ScrollPane scroll = node("#settingsScroll", ScrollPane.class);
          Node content = scroll.getContent();
          Bounds at =
              content.sceneToLocal(
                  node(selector, Node.class)
                      .localToScene(node(selector, Node.class).getBoundsInLocal()));
          double spare = content.getBoundsInLocal().getHeight() - scroll.getHeight();
          scroll.setVvalue(
              Math.clamp((at.getCenterY() - scroll.getHeight() / 2) / Math.max(1, spare), 0, 1));
          scroll.layout();
        });
    Bounds at =
        ask(
            () ->
                node(selector, Node.class)
                    .localToScreen(node(selector, Node.class).getBoundsInLocal()));
    run(
        () -> {
          Robot mouse = new Robot();
          mouse.mouseMove(at.getMinX() + 8, at.getCenterY());
          mouse.mouseClick(MouseButton.PRIMARY);
        });
  }

  private void write(String selector, String words) {
    click(selector);
    until(() -> node(selector, TextField.class).isFocused());
    run(() -> node(selector, TextField.class).clear());
    keyboard.write(words, 0);
    until(() -> text(selector).equals(words));
  }

  private void save() {
    press("#saveSettings");
    until(() -> button("#saveSettings").isDisabled());
  }

  /** The window anew, from what is in the settings' file. */
  private void restart(Path store) throws Exception {
    run(() -> stage.hide());
    WaitForAsyncUtils.waitForFxEvents();
    stage = FxToolkit.registerStage(Stage::new);
    metrics.move(settings().load().monitoringOrDefault().port());
    showReal(store);
  }

  private void upgradeAll(int run) {
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run " + run + " done"));
  }

  private Upgrades open(Path store) {
    return new Assembly(new SimpleEnricher(), Clock.systemUTC())
        .open(StoreLocation.of(store), folder.resolve("workspace"));
  }

  private static List<LockAcquisition> acquisitionsOf(Upgrades store, long run) {
    return store.locks().events(0, Long.MAX_VALUE / 1_000, Integer.MAX_VALUE).stream()
        .filter(event -> event.purpose().run() == run)
        .toList();
  }

  /** The window writes them down once a second. */
  private static List<LockAcquisition> acquisitionsOf(Upgrades store, long run, int count) {
    await().atMost(Duration.ofSeconds(90)).until(() -> acquisitionsOf(store, run).size() >= count);
    return acquisitionsOf(store, run);
  }

  @Test
  void chosenOneByOneTheRunAfterARestartSwapsEachRow() throws Exception {
    Path store = services.store("a.db", legacy(6));
    showReal(store);
    openSettings();
    click("#lockSwap");
    save();
    assertThat(settings().load().lockingOrDefault().commitOrDefault()).isEqualTo(CommitMode.CAS);

    restart(store);
    upgradeAll(1);
    openSettings();
    assertThat(ask(() -> node("#lockSwap", RadioButton.class).isSelected())).isTrue();
    try (Upgrades upgrades = open(store)) {
      RunRecord run = upgrades.run(1).orElseThrow();
      assertThat(run.batchSize()).isEqualTo(1);
      assertThat(run.lock().acquisitions()).isEqualTo(6);
      assertThat(acquisitionsOf(upgrades, 1, 6)).hasSize(6).allMatch(event -> event.rows() == 1);
    }
  }

  @Test
  void aFixedSizeHoldsForTheNextRunAndABoundForTheOneAfter() throws Exception {
    Path store = services.store("a.db", legacy(12));
    showReal(store);
    openSettings();
    click("#lockFixed");
    type("#lockRows", "3");
    save();
    key(KeyCode.DIGIT1, true, false);
    upgradeAll(1);
    try (Upgrades upgrades = open(store)) {
      assertThat(upgrades.run(1).orElseThrow().batchSize()).isEqualTo(3);
      assertThat(acquisitionsOf(upgrades, 1, 4)).hasSize(4).allMatch(event -> event.rows() == 3);
    }
    openSettings();
    click("#lockAdaptive");
    write("#lockHold", "20");
    save();
    assertThat(settings().load().lockingOrDefault())
        .isEqualTo(new Locking(CommitMode.BATCH, null, 20));
    assertThat(options().batching()).isEqualTo(Batching.holdingAtMost(20));
  }

  private UpgradeOptions options() {
    return new Assembly(new SimpleEnricher(), Clock.systemUTC())
        .options(folder.resolve("workspace"));
  }

  @Test
  void recordingIsSwitchedOffAndOnForTheOpenStore() throws Exception {
    Path store = services.store("a.db", legacy(8));
    showReal(store);
    openSettings();
    click("#recordLocks");
    save();
    key(KeyCode.DIGIT1, true, false);
    upgradeAll(1);
    key(KeyCode.DIGIT4, true, false);
    until(() -> says("Acquisitions are not recorded: that is switched off in the settings."));
    try (Upgrades upgrades = open(store)) {
      assertThat(upgrades.run(1).orElseThrow().lock().acquisitions()).isPositive();
      assertThat(upgrades.locks().isRecording()).isFalse();
    }
    openSettings();
    click("#recordLocks");
    save();
    key(KeyCode.DIGIT2, true, false);
    press("#undoRun");
    press("#yes");
    until(() -> says("Run 2: undo done"));
    key(KeyCode.DIGIT4, true, false);
    until(() -> !says("Acquisitions are not recorded"));
    try (Upgrades upgrades = open(store)) {
      // They are written down in their order.
      assertThat(acquisitionsOf(upgrades, 2, 1)).isNotEmpty();
      assertThat(acquisitionsOf(upgrades, 1)).isEmpty();
    }
  }

  @Test
  void figuresAreServedAtThePortAtOnceAndAfterARestartUntilItIsTakenOut() throws Exception {
    int port = freePort();
    Path store = services.store("a.db", legacy(2));
    showReal(store);
    openSettings();
    assertThat(on("#metricsServed")).isFalse();
    write("#metricsPort", Integer.toString(port));
    save();
    until(() -> label("#metricsServed").endsWith("http://127.0.0.1:" + port + "/metrics"));
    assertThat(figures(port)).contains("memory_console_lock_held{store=\"" + store.toRealPath());
    metrics.move(null);

    restart(store);
    openSettings();
    until(() -> text("#metricsPort").equals(Integer.toString(port)));
    assertThat(figures(port)).contains("memory_console_lock_held{store=\"" + store.toRealPath());
    type("#metricsPort", "");
    save();
    until(() -> !on("#metricsServed"));
    assertThatThrownBy(() -> figures(port)).isInstanceOf(IOException.class);
    assertThat(settings().load().monitoringOrDefault().port()).isNull();
  }

  @Test
  void aPortThatIsTakenIsSaidAndNothingIsSaved() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      showReal(null);
      openSettings();
      click("#lockSwap");
      type("#metricsPort", Integer.toString(taken.getLocalPort()));
      press("#saveSettings");
      until(() -> noticed("Port " + taken.getLocalPort() + " of this machine is in use"));
      assertThat(ask(() -> button("#saveSettings").isDisabled())).isFalse();
      assertThat(settings().load().monitoringOrDefault()).isEqualTo(Monitoring.DEFAULT);
      assertThat(settings().load().lockingOrDefault()).isEqualTo(Locking.DEFAULT);
    }
  }

  @Test
  void aPortThatAnotherWindowServesIsSaidAndKeepsNothingElseFromSaving() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings()
          .update(
              now -> now.withLocking(Locking.DEFAULT, new Monitoring(true, taken.getLocalPort())));
      showReal(null);
      openSettings();
      until(() -> label("#metricsServed").startsWith("Not served by this window"));
      click("#lockSwap");
      save();
      assertThat(settings().load().lockingOrDefault().commitOrDefault()).isEqualTo(CommitMode.CAS);
      assertThat(settings().load().monitoringOrDefault().port()).isEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void whatIsWrongIsSaidAtItsFieldAndShownWhenSavingFails() {
    showReal(null);
    openSettings();
    type("#metricsPort", "70000");
    until(() -> label("#metricsPortProblem").startsWith("Enter a number from 1 to 65535"));
    type("#lockHold", "soon");
    until(() -> label("#lockHoldProblem").startsWith("Enter whole milliseconds from 1"));
    click("#lockFixed");
    until(() -> label("#lockHoldProblem").isEmpty());
    type("#lockRows", "0");
    until(() -> label("#lockRowsProblem").startsWith("Enter a whole number from 1 to 10,000"));
    run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(0));
    press("#saveSettings");
    until(() -> node("#lockRows", TextField.class).isFocused());
    assertThat(ask(this::isFocusedFieldInView)).isTrue();
    assertThat(settings().load().lockingOrDefault()).isEqualTo(Locking.DEFAULT);
    press("#discardSettings");
    until(() -> button("#saveSettings").isDisabled());
    assertThat(text("#metricsPort")).isEmpty();
    assertThat(label("#lockRowsProblem")).isEmpty();
  }

  private boolean isFocusedFieldInView() {
    Node field = node("#lockRows", Node.class);
    Node scroll = node("#settingsScroll", Node.class);
    return scroll
        .localToScene(scroll.getBoundsInLocal())
        .contains(field.localToScene(field.getBoundsInLocal()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static String figures(int port) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
