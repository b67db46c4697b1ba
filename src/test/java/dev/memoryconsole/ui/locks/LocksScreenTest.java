package dev.memoryconsole.ui.locks;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Notification;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.ForeignWriter;
import dev.memoryconsole.ui.OtherConsole;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.locks.chart.TimelineProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The locks screen over real stores, whose lock is really taken. */
@Tag("node")
class LocksScreenTest extends WindowTest {
  LocksScreenTest() {
    clock = Clock.systemUTC();
  }

  private <T> T timeline(Function<TimelineProbe, T> question) {
    return ask(() -> question.apply(new TimelineProbe(node("#lockTimeline", Node.class))));
  }

  private void onTimeline(Consumer<TimelineProbe> action) {
    run(() -> action.accept(new TimelineProbe(node("#lockTimeline", Node.class))));
  }

  private String text(String selector) {
    return ask(() -> node(selector, Label.class).getText());
  }

  private boolean notes(String words) {
    return root().lookupAll(".notification").stream()
        .anyMatch(
            node -> node instanceof Notification notice && notice.getMessage().contains(words));
  }

  private void upgraded(int entries) throws Exception {
    show(services.store("agent.db", legacy(entries)));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run 1 done"));
    key(KeyCode.DIGIT4, true, false);
    until(() -> says("the upgrade held the lock"));
  }

  private void choose(String menu, String words) {
    run(
        () ->
            node(menu, MenuButton.class).getItems().stream()
                .filter(item -> item.getText().startsWith(words))
                .findFirst()
                .map(MenuItem.class::cast)
                .orElseThrow()
                .fire());
  }

  @Test
  void anUpgradeShowsItsHoldsAndWhatTheyAddUpTo() throws Exception {
    upgraded(40);
    until(() -> new TimelineProbe(node("#lockTimeline", Node.class)).ofRuns() == 10);
    assertThat(text("#lockSentence")).startsWith("In the last minute the upgrade held the lock");
    assertThat(text("#lockSentence")).contains("of the time", "at a time", "in nobody’s way");
    assertThat(text("#lockRate")).isNotEqualTo("–");
    assertThat(text("#lockHeld")).isNotEqualTo("0\u00a0%");
    assertThat(text("#lockHolder")).isEqualTo("nobody");
    assertThat(text("#lockWaiting")).isEqualTo("0");
  }

  @Test
  void clickingAHoldShowsTheEntriesOfItsBatch() throws Exception {
    upgraded(40);
    onTimeline(probe -> probe.pointAt(3));
    assertThat(timeline(TimelineProbe::card)).contains("Run 1, batch 3", "4 rows, released");
    onTimeline(probe -> probe.click(3));
    until(() -> on("#batchChip"));
    assertThat(button("#batchChip").getText()).isEqualTo("Batch 3");
    until(() -> node("#runEntries", TableView.class).getItems().size() == 4);
    press("#batchChip");
    until(() -> node("#runEntries", TableView.class).getItems().size() == 40);
    assertThat(ask(() -> on("#batchChip"))).isFalse();
  }

  @Test
  void anotherProgramThatHoldsTheLockIsSeen() throws Exception {
    Path store = services.store("agent.db", legacy(8));
    show(store);
    try (ForeignWriter agent = new ForeignWriter(store)) {
      agent.hold();
      press("#upgradeAll");
      press("#yes");
      press("#locks");
      until(() -> on("#lockHolder") && text("#lockHolder").startsWith("Another program"));
      until(() -> text("#lockWaiting").equals("1"));
      until(() -> on("#lockBanner"));
      assertThat(text("#lockBannerText")).contains("Another program has held the lock for");
      agent.write("m00");
    }
    until(() -> says("Run 1 done"));
    until(() -> new TimelineProbe(node("#lockTimeline", Node.class)).ofOthers() > 0);
    until(() -> text("#lockNote").contains("waited, at most"));
    assertThat(text("#lockNote")).contains("Others were seen at the lock");
    until(() -> text("#lockHolder").equals("nobody") && !on("#lockBanner"));
  }

  @Test
  void whatIsPausedStandsStillAndGoesOnWhereEverybodyElseIs() throws Exception {
    Path store = services.store("agent.db", legacy(40));
    show(store);
    services.enricher.hold();
    press("#upgradeAll");
    press("#yes");
    services.enricher.permit(20);
    press("#locks");
    until(() -> on("#lockTimeline") && timeline(TimelineProbe::ofRuns) >= 4);
    press("#pauseLocks");
    assertThat(timeline(TimelineProbe::follows)).isFalse();
    int before = timeline(TimelineProbe::ofRuns);
    services.enricher.release();
    until(() -> says("Run 1 done"));
    assertThat(timeline(TimelineProbe::ofRuns)).isEqualTo(before);
    press("#pauseLocks");
    until(() -> timeline(TimelineProbe::ofRuns) == 10);
    assertThat(timeline(TimelineProbe::follows)).isTrue();
  }

  @Test
  void wheelKeysAndDragsMoveTheTimeline() throws Exception {
    upgraded(8);
    double minute = timeline(TimelineProbe::length);
    assertThat(minute).isEqualTo(60_000_000);
    onTimeline(probe -> probe.wheel(120));
    assertThat(timeline(TimelineProbe::length)).isLessThan(minute);
    assertThat(timeline(TimelineProbe::follows)).isTrue();
    onTimeline(probe -> probe.drag(150));
    assertThat(timeline(TimelineProbe::follows)).isFalse();
    double from = timeline(TimelineProbe::from);
    onTimeline(probe -> probe.key(KeyCode.LEFT, false));
    assertThat(timeline(TimelineProbe::from)).isLessThan(from);
    double length = timeline(TimelineProbe::length);
    onTimeline(probe -> probe.key(KeyCode.MINUS, false));
    assertThat(timeline(TimelineProbe::length)).isGreaterThan(length);
    onTimeline(probe -> probe.key(KeyCode.PLUS, false));
    onTimeline(probe -> probe.key(KeyCode.END, false));
    assertThat(timeline(TimelineProbe::follows)).isTrue();
  }

  @Test
  void theKeyboardAloneReachesABatch() throws Exception {
    upgraded(8);
    onTimeline(probe -> probe.key(KeyCode.RIGHT, true));
    String first = timeline(TimelineProbe::card);
    assertThat(first).isNotEmpty();
    for (int i = 0; i < 50 && !timeline(TimelineProbe::card).contains("batch 2"); i++) {
      onTimeline(probe -> probe.key(KeyCode.RIGHT, true));
    }
    assertThat(timeline(TimelineProbe::card)).contains("Run 1, batch 2");
    onTimeline(probe -> probe.key(KeyCode.ENTER, false));
    until(() -> on("#batchChip"));
    assertThat(button("#batchChip").getText()).isEqualTo("Batch 2");
  }

  @Test
  void aRunIsComparedWithTheTimeBesideIt() throws Exception {
    upgraded(40);
    until(() -> !node("#chooseRun", MenuButton.class).getItems().isEmpty());
    choose("#chooseRun", "Run 1");
    until(() -> says("5 minutes before") && says("During the run") && says("5 minutes after"));
    until(() -> text("#lockSentence").startsWith("While run 1 was at work the upgrade held"));
    press("#span5");
    until(() -> text("#lockSentence").startsWith("In the last 5 minutes"));
    assertThat(ask(() -> says("During the run"))).isFalse();
  }

  @Test
  void acquisitionsAndPictureAreSaved() throws Exception {
    upgraded(40);
    picked = folder.resolve("locks.csv");
    choose("#exportLocks", "Acquisitions as CSV");
    until(() -> notes("acquisitions to locks.csv"));
    List<String> lines = Files.readAllLines(picked);
    assertThat(lines.getFirst()).startsWith("acquired_us,wait_ms,hold_ms");
    assertThat(lines.stream().filter(line -> line.contains(",run,0,,upgrade,1,"))).hasSize(10);
    picked = folder.resolve("locks.json");
    choose("#exportLocks", "Acquisitions as JSON");
    until(() -> notes("acquisitions to locks.json"));
    assertThat(Files.readString(picked)).contains("\"holder\" : \"run\"", "\"batch\" : 10");
    picked = folder.resolve("locks.png");
    choose("#exportLocks", "Picture as PNG");
    until(() -> notes("The picture is in locks.png."));
    assertThat(Files.readAllBytes(picked)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(asked)
        .containsSubsequence(
            FilePicker.Purpose.EXPORT_CSV,
            FilePicker.Purpose.EXPORT_JSON,
            FilePicker.Purpose.EXPORT_PNG);
  }

  @Test
  void theLockOfADeadProgramIsBrokenAfterAQuestionAndThatOfALivingOneIsNot() throws Exception {
    Path held = Files.createDirectory(folder.resolve("write.lock.lock"));
    silentFor(held, 8);
    services.lockTarget = folder.resolve("write.lock");
    show(services.store("agent.db", legacy(4)));
    press("#locks");
    until(
        () -> {
          silentFor(held, 8);
          return on("#lockBanner") && text("#lockBannerText").contains("is not dead yet");
        });
    assertThat(ask(() -> button("#breakLock").isDisabled())).isTrue();
    silentFor(held, 12);
    until(() -> text("#lockBannerText").contains("The holder seems to be dead"));
    assertThat(text("#lockBannerText")).contains("s, last sign of life", "s ago, stale at 10 s");
    press("#breakLock");
    until(() -> says("one of the two writes is lost"));
    silentFor(held, 0);
    press("#yes");
    until(() -> notes("so it is alive; nothing was changed"));
    assertThat(held).exists();
    silentFor(held, 30);
    press("#breakLock");
    press("#yes");
    until(() -> notes("The lock was broken"));
    assertThat(held).doesNotExist();
    until(() -> !on("#lockBanner"));
    until(() -> timeline(TimelineProbe::ofOthers) == 1);
  }

  @Test
  void theLockIsNotBrokenWhileARunOfThisConsoleIsAtWorkHoweverSilentItsHolderIs() throws Exception {
    Path held = silentLock();
    show(services.store("agent.db", legacy(4)));
    services.enricher.hold();
    press("#upgradeAll");
    press("#yes");
    until(() -> services.enricher.waiting() > 0);
    key(KeyCode.DIGIT4, true, false);
    until(() -> on("#breakLock") && !button("#breakLock").isDisabled());
    press("#breakLock");
    press("#yes");
    until(() -> notes("Run 1 is at work in process " + ProcessHandle.current().pid()));
    assertThat(ask(() -> notes("which is alive and may hold the lock; nothing was changed")))
        .isTrue();
    assertThat(held).exists();
    services.enricher.release();
    until(() -> says("Run 1 done"));
    press("#breakLock");
    press("#yes");
    until(() -> notes("The lock was broken"));
    assertThat(held).doesNotExist();
  }

  @Test
  void theLockIsNotBrokenWhileAnotherConsoleIsAtWorkAndIsOnceThatIsDead() throws Exception {
    Path store = services.store("agent.db", legacy(4));
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      Path held = silentLock();
      show(store);
      press("#locks");
      until(() -> on("#breakLock") && !button("#breakLock").isDisabled());
      press("#breakLock");
      press("#yes");
      until(() -> notes("Run 1 is at work in process " + other.pid() + ", which is alive"));
      assertThat(held).exists();
      other.kill();
      press("#breakLock");
      press("#yes");
      until(() -> notes("The lock was broken"));
      assertThat(held).doesNotExist();
    }
  }

  /** A lock whose holder has given no sign of life for a minute; the window's stores say so. */
  private Path silentLock() throws IOException {
    Path held = Files.createDirectory(folder.resolve("write.lock.lock"));
    silentFor(held, 60);
    services.lockTarget = folder.resolve("write.lock");
    return held;
  }

  private static void silentFor(Path held, int seconds) {
    try {
      Files.setLastModifiedTime(held, FileTime.from(Instant.now().minusSeconds(seconds)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aStoreWhoseLockNobodyTookSaysSo() throws Exception {
    Path store = services.store("empty.db", List.of());
    show(null, Locale.ENGLISH, Theme.LIGHT, 1280, 800);
    picked = store;
    key(KeyCode.O, true, false);
    until(() -> says("This store is empty"));
    key(KeyCode.DIGIT4, true, false);
    until(() -> says("Nobody has held the lock yet"));
  }
}
