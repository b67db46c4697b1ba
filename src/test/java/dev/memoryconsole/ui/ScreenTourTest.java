package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Settings.Theme;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goes through the main job and takes a picture of every screen, to be looked at. */
class ScreenTourTest extends ModelWindowTest {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("screens.directory", "target/screens"));
  private static final double WIDTH = 1440;
  private static final double HEIGHT = 900;

  private String suffix = "";

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
    until(() -> table("#outcomes").getItems().size() >= 80);
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
  void aModel(Theme theme) throws Exception {
    suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    Files.writeString(
        folder.resolve("openclaw.json"),
        """
        {plugins: {entries: {'memory-lancedb-pro': {config: {
          dbPath: '~/.openclaw/memory/lancedb-pro',
          llm: {apiKey: '${GROQ_API_KEY}', model: 'openai/gpt-oss-120b',
            baseURL: 'https://api.groq.com/openai/v1'},
          locking: {redis: {url: 'redis://localhost'}}}}}}}
        """);
    AtomicInteger answered = new AtomicInteger();
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (x.call().path().endsWith("/models")) {
                x.send(200, models(40));
              } else if (answered.incrementAndGet() > 60 && answered.get() < 1_000) {
                x.header("Retry-After", "95").send(503, "{\"error\":{\"message\":\"busy\"}}");
              } else {
                x.layers("What the team decided about the build.");
              }
            })) {
      showReal(null, Locale.ENGLISH, theme, WIDTH, HEIGHT);
      until(() -> says("api.groq.com"));
      shoot("80-welcome-openclaw");
      press("#settings");
      until(() -> !text("#url").isEmpty());
      shoot("81-settings");
      run(() -> node("#byModel", RadioButton.class).setSelected(true));
      type("#url", "http://10.0.0.7:8000/v1");
      type("#temperature", "warm");
      type("#budget", "-1");
      shoot("82-settings-wrong");
      type("#url", endpoint.url());
      type("#temperature", "0.2");
      type("#budget", "0.05");
      run(() -> node("#keyKind", ComboBox.class).getSelectionModel().select(0));
      press("#listModels");
      until(() -> on("#offeredModels"));
      shoot("83-settings-models");
      run(() -> node("#offeredModels", ListView.class).getSelectionModel().select(0));
      press("#testConnection");
      until(() -> label("#testAnswer").contains("JSON"));
      run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(0.75));
      type("#lockHold", "soon");
      shoot("84-settings-lock");
      type("#lockHold", "");
      run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(1));
      shoot("84-settings-below");
      press("#saveSettings");
      until(() -> noticed("Saved."));
      picked = services.store("agent-main.db", TestServices.demoRows());
      key(KeyCode.O, true, false);
      until(() -> on("#upgradeAll"));
      press("#upgradeAll");
      until(() -> label("#sendEstimate").contains("tokens in"));
      shoot("85-ask-to-send");
      press("#sendYes");
      until(() -> on("#waitingText"));
      shoot("86-waiting");
      answered.set(1_000);
      press("#tryNow");
      until(() -> says("Run 1 done") || says("Run 1 interrupted"));
      shoot("87-used");
      press("#runs");
      until(() -> on("#runUsage"));
      shoot("88-runs-cost");
      press("#overview");
      until(() -> says("Latest runs"));
      shoot("89-overview");
    }
    assertThat(DIRECTORY.resolve("88-runs-cost" + suffix + ".png")).exists();
  }

  private static String models(int count) {
    String names =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"id\":\"vendor/model-" + i + "\",\"object\":\"model\"},")
            .collect(Collectors.joining());
    return "{\"object\":\"list\",\"data\":["
        + names
        + "{\"id\":\"gpt-5-mini\",\"object\":\"model\"}]}";
  }

  @Test
  void smallAndAModelInChinese() throws Exception {
    configure(
        ModelSettings.of("https://api.openai.com/v1", "gpt-5-mini", KeySource.NONE)
            .withCost(null, new BigDecimal("0.01")));
    Path store = services.store("agent-main.db", TestServices.demoRows());
    showReal(store, Locale.SIMPLIFIED_CHINESE, Theme.DARK, 900, 600);
    press("#upgradeAll");
    until(() -> label("#sendEstimate").contains("令牌"));
    shoot("90-small-ask-chinese");
    key(KeyCode.ESCAPE, false, false);
    press("#settings");
    until(() -> !text("#url").isEmpty());
    shoot("91-small-settings-chinese");
    type("#timeout", "0");
    run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(0.5));
    shoot("92-small-settings-below-chinese");
    run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(0.85));
    shoot("93-small-settings-lock-chinese");
    assertThat(DIRECTORY.resolve("92-small-settings-below-chinese.png")).exists();
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

  @ParameterizedTest
  @EnumSource(Theme.class)
  void whatWasInterruptedAndWhatIsTakenBack(Theme theme) throws Exception {
    suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    Path store = services.store("agent-main.db", TestServices.demoRows());
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(120);
      show(store, Locale.ENGLISH, theme, WIDTH, HEIGHT);
      press("#runs");
      until(() -> says("Running in another Memory Console") && !says("…"));
      shoot("60-elsewhere");
      press("#memories");
      press("#upgradeAll");
      press("#yes");
      until(() -> on(".notification"));
      shoot("61-refused");
      press("#runs");
      other.kill();
    }
    until(() -> on("#resumeOffered"));
    shoot("62-offer-runs");
    press("#memories");
    shoot("63-offer");
    services.enricher.hold();
    services.enricher.permit(60);
    press("#resumeOffered");
    until(() -> table("#outcomes").getItems().size() >= 50);
    press("#expand");
    shoot("64-resumed");
    services.enricher.release();
    until(() -> says("Run 1 done"));
    press("#expand");
    press("#runs");
    until(() -> on("#undoRun"));
    run(() -> table("#runEntries").getSelectionModel().selectRange(0, 6));
    until(() -> says("What this run wrote"));
    shoot("65-chosen");
    press("#undoRun");
    until(() -> on("#yes"));
    shoot("66-ask-undo");
    press("#yes");
    until(() -> says("undo done"));
    until(() -> says("undone by run 2"));
    run(() -> node("#runList", ListView.class).getSelectionModel().select(0));
    until(() -> says("undo of run 1") && !says("…"));
    run(() -> table("#runEntries").getSelectionModel().select(0));
    until(() -> says("took back"));
    shoot("67-undone");
    press("#memories");
    press("#legacyChip");
    until(() -> table().getItems().size() == 242);
    click(0, false, false);
    tab(3);
    until(() -> on("#undoPast"));
    run(() -> node("#history", TableView.class).getSelectionModel().select(1));
    shoot("68-history");
    assertThat(DIRECTORY.resolve("68-history" + suffix + ".png")).exists();
  }

  @Test
  void smallAndInterrupted() throws Exception {
    Path store = services.store("agent-main.db", TestServices.demoRows());
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(120);
    }
    show(store, Locale.SIMPLIFIED_CHINESE, Theme.DARK, 900, 600);
    until(() -> on("#resumeOffered"));
    shoot("70-small-offer-chinese");
    services.enricher.hold();
    services.enricher.permit(60);
    press("#resumeOffered");
    until(() -> table("#outcomes").getItems().size() >= 50);
    shoot("71-small-resumed-chinese");
    press("#cancel");
    until(() -> on("#resume"));
    press("#runs");
    until(() -> on("#undoRun") && on("#resumeRun"));
    shoot("72-small-runs-chinese");
    press("#undoRun");
    until(() -> on("#yes"));
    shoot("73-small-undo-chinese");
    assertThat(DIRECTORY.resolve("73-small-undo-chinese.png")).exists();
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

  private TableView<?> table(String selector) {
    return (TableView<?>) root().lookup(selector);
  }

  private void shoot(String name) {
    run(() -> {});
    WritableImage image = ask(() -> stage.getScene().snapshot(null));
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    copy.setRGB(0, 0, width, height, pixels, 0, width);
    try {
      Files.createDirectories(DIRECTORY);
      ImageIO.write(copy, "png", DIRECTORY.resolve(name + suffix + ".png").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
