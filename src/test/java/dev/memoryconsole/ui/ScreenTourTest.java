package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goes through the main job and takes a picture of every screen, to be looked at. */
class ScreenTourTest extends TourTest {
  @ParameterizedTest
  @EnumSource(Theme.class)
  void theMainJob(Theme theme) throws Exception {
    suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    List<MemoryEntry> rows = TestServices.demoRows();
    List<String> legacy =
        rows.stream()
            .filter(row -> LegacyRule.stateOf(row) == MemoryState.LEGACY)
            .map(MemoryEntry::id)
            .toList();
    for (int i = 3; i < legacy.size(); i += 23) {
      services.enricher.fail(legacy.get(i), "The model did not answer within 30 s.");
    }
    show(services.store("agent-main.db", rows), Locale.ENGLISH, theme, WIDTH, HEIGHT);
    shoot("01-memories");
    press("#legacyChip");
    until(() -> table().getItems().size() == legacy.size());
    click(1, false, false);
    click(1, true, false);
    click(4, true, false);
    until(() -> on("#title"));
    shoot("02-selected");
    tab(1);
    shoot("03-metadata");
    services.enricher.named("simple");
    click(2, false, false);
    tab(2);
    until(() -> says("Nothing is written."));
    shoot("04-diff-preview");
    services.enricher.named("llm:demo-model");
    press("#upgradeAll");
    until(() -> on("#yes"));
    shoot("05-ask");
    services.enricher.hold();
    press("#yes");
    services.enricher.permit(90);
    press("#expand");
    until(() -> table("#outcomes").getItems().size() >= 80);
    press("#expand");
    shoot("06-running");
    press("#expand");
    shoot("07-outcomes");
    press("#pause");
    shoot("08-paused");
    press("#pause");
    services.enricher.release();
    until(() -> on("#retry"));
    press("#legacyChip");
    click(0, false, false);
    shoot("09-done");
    press("#expand");
    press("#fallbackChip");
    until(() -> says("fallback"));
    click(0, false, false);
    tab(2);
    until(() -> says("What run"));
    shoot("10-fallback-diff");
    tab(3);
    shoot("11-history");
    press("#runs");
    until(() -> on("#runEntries"));
    run(() -> table("#runEntries").getSelectionModel().select(0));
    until(() -> says("What this run wrote"));
    shoot("12-runs");
    press("#memories");
    press("#fallbackChip");
    press("#legacyChip");
    until(() -> on("#emptyTitle"));
    shoot("13-nothing-legacy");
    press("#legacyChip");
    run(() -> node("#search", TextField.class).setText("zebra crossing"));
    until(() -> says("No memory matches"));
    shoot("14-no-match");
    assertThat(DIRECTORY.resolve("14-no-match" + suffix + ".png")).exists();
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void snapshots(Theme theme) throws Exception {
    suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    Path store = services.store("agent-main.db", TestServices.demoRows());
    show(store, Locale.ENGLISH, theme, WIDTH, HEIGHT);
    openSnapshots();
    until(() -> says("No snapshots yet"));
    shoot("60-no-snapshots");
    CountDownLatch goOn = new CountDownLatch(1);
    services.copying = () -> await(goOn);
    press("#takeSnapshot");
    until(() -> says("Taking a snapshot…"));
    shoot("61-taking-a-snapshot");
    goOn.countDown();
    until(() -> lists("asked for"));
    try (MemoryStore open = SqliteStore.open(store)) {
      for (long run = 7; run < 10; run++) {
        services.snapshots.take(open, run, SnapshotProgress.NONE);
      }
    }
    key(KeyCode.ESCAPE, false, false);
    openSnapshots();
    until(() -> lists("before run 9"));
    run(() -> table("#snapshotTable").getSelectionModel().select(1));
    shoot("62-snapshots");
    press("#restoreSnapshot");
    until(() -> on("#yes"));
    shoot("63-ask-restore");
    press("#yes");
    until(() -> lists("before a restore"));
    shoot("64-restored");
    assertThat(DIRECTORY.resolve("64-restored" + suffix + ".png")).exists();
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void mends(Theme theme) throws Exception {
    suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    List<MemoryEntry> rows = new ArrayList<>(TestServices.demoRows());
    for (int i = 0; i < 4; i++) {
      MemoryEntry twin = rows.get(i);
      String text = i % 2 == 0 ? twin.text() : twin.text().replace(" the ", " this ");
      rows.add(
          new MemoryEntry(
              "twin" + i,
              text + (i == 3 ? " And so on." : ""),
              twin.category(),
              twin.scope(),
              0.7,
              CLOCK.millis() - i * 86_400_000L,
              "{\"access_count\":" + 3 * i + "}",
              1));
    }
    show(services.store("agent-main.db", rows), Locale.ENGLISH, theme, WIDTH, HEIGHT);
    run(
        () -> {
          MenuButton menu = node("#change", MenuButton.class);
          menu.getOnShowing().handle(null);
          menu.getItems().getLast().fire();
        });
    until(() -> on("#mendHint"));
    run(
        () -> {
          ComboBox<?> state = node("#mendState", ComboBox.class);
          state.getSelectionModel().selectLast();
        });
    until(() -> on("#mendNumber"));
    shoot("80-change-fields");
    press("#mendClose");
    press("#checkup");
    until(() -> on("#checkupEmpty"));
    shoot("81-check-up-before");
    press("#checkupBegin");
    until(() -> on("#checkupFindings"));
    for (Finding finding : Finding.values()) {
      run(
          () ->
              node("#checkupFindings", ListView.class)
                  .getSelectionModel()
                  .select(List.of(Finding.values()).indexOf(finding)));
      until(() -> on("#checkupNone") || on("#checkupFound") || on("#keptText"));
      shoot("82-check-up-" + finding.key());
    }
    assertThat(DIRECTORY.resolve("82-check-up-duplicate" + suffix + ".png")).exists();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void withoutAStore(Theme theme) {
    suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    show(null, Locale.ENGLISH, theme, WIDTH, HEIGHT);
    shoot("20-welcome");
    services.recent.add(Path.of("/home/maya/.openclaw/memory/agent-main.db"));
    assertThat(on("#demo")).isTrue();
  }

  @Test
  void smallAndChinese() throws Exception {
    Path store = services.store("agent-main.db", TestServices.demoRows());
    show(store, Locale.ENGLISH, Theme.LIGHT, 900, 600);
    shoot("30-small");
    press("#legacyChip");
    until(() -> rows() == 242);
    click(0, false, false);
    click(1, true, false);
    key(KeyCode.ENTER, false, false);
    shoot("31-small-details");
    key(KeyCode.ESCAPE, false, false);
    press("#upgradeSelected");
    until(() -> on("#dismiss"));
    shoot("32-small-run");
    press("#runs");
    until(() -> on("#runEntries"));
    shoot("33-small-runs");
    openSnapshots();
    press("#takeSnapshot");
    until(() -> lists("asked for"));
    shoot("34-small-snapshots");
  }

  @Test
  void chinese() throws Exception {
    Path store = services.store("agent-main.db", TestServices.demoRows());
    show(store, Locale.SIMPLIFIED_CHINESE, Theme.DARK, WIDTH, HEIGHT);
    click(0, false, false);
    click(1, true, false);
    shoot("40-chinese");
    press("#runs");
    until(() -> on(".empty"));
    shoot("41-no-runs-chinese");
    services.enricher.hold();
    press("#memories");
    press("#upgradeAll");
    press("#yes");
    openSnapshots();
    press("#takeSnapshot");
    until(() -> lists("手动创建"));
    run(() -> table("#snapshotTable").getSelectionModel().select(0));
    shoot("42-snapshots-chinese");
  }

  @Test
  void emptyStore() throws Exception {
    Path store = services.store("empty.db", List.of());
    show(null, Locale.ENGLISH, Theme.LIGHT, WIDTH, HEIGHT);
    picked = store;
    key(KeyCode.O, true, false);
    until(() -> says("This store is empty"));
    shoot("50-empty-store");
    press("#runs");
    until(() -> says("No runs yet"));
    shoot("51-no-runs");
  }
}
